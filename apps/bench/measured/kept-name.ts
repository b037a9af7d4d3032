import { InvalidArgumentError } from 'commander';

const NAME_LENGTH_MAX = 64;

/** The name of a result that is kept: kebab-case, as it becomes the name of a file. */
export function keptName(text: string): string {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text) || text.length > NAME_LENGTH_MAX) {
    throw new InvalidArgumentError('It must be kebab-case, as in "direct-postgres", and at most 64 characters.');
  }
  return text;
}
