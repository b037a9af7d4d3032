import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = new URL('../../..', import.meta.url).pathname;

export interface NodeCommand {
  roles: string;
  options: Readonly<Record<string, string>>;
}

export interface ReadmeCluster {
  /** What is exported before the first node is started. */
  variables: Readonly<Record<string, string>>;
  nodes: readonly NodeCommand[];
}

/** The cluster as README.md tells people to type it. */
export async function readmeCluster(): Promise<ReadmeCluster> {
  const text = await readFile(join(root, 'README.md'), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith('A cluster\n')) ?? '';
  const exported = [...section.matchAll(/^export (\w+)=(\S+)$/gm)].map(([, name = '', value = '']) => [name, value]);
  const commands = [...section.matchAll(/^npm start -- (.+) &$/gm)].map(([, line = '']) => optionsIn(line));
  return {
    variables: Object.fromEntries(exported),
    nodes: commands.map((options) => ({ roles: options.roles ?? '', options })),
  };
}

function optionsIn(line: string): Record<string, string> {
  const words = line.trim().split(/\s+/);
  const pairs = words.flatMap((word, at) => (word.startsWith('--') ? [[word.slice(2), words[at + 1] ?? '']] : []));
  return Object.fromEntries(pairs);
}
