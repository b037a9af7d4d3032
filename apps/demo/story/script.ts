/** What happens in a scene; `line` counts what was said in it, from 1. */
export type Step =
  | { kind: 'say'; who: string; text: string; replyTo: number | undefined }
  | { kind: 'edit'; who: string; line: number; text: string }
  | { kind: 'recall'; who: string; line: number }
  | { kind: 'react'; line: number; emoji: string; who: readonly string[] }
  | { kind: 'pin'; line: number; who: string };

/** When a scene began. */
export type Begin =
  | { kind: 'minutes-ago'; minutes: number }
  | { kind: 'days-ago'; days: number; hour: number; minute: number };

export interface Scene {
  begin: Begin | undefined;
  steps: readonly Step[];
}

/** A script that cannot be read. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
}

/**
 * Reads a script: scenes with an empty line between them, a step a line.
 *
 *     @ 2d 09:30         the scene began two days ago at half past nine; `@ 45m`: 45 minutes ago; `@ 3h`: 3 hours ago
 *     a: text            somebody says something; `\n` is a line break
 *     a <2: text         as an answer to what was said second in this scene
 *     a =2: text         changes that to another text
 *     a x2:              takes it back
 *     +2 👍 a b          two people react to it
 *     pin 2 a            pins it
 *
 * Throws ScriptError.
 */
export function parseScript(text: string): Scene[] {
  return text
    .split(/\n\s*\n/)
    .map((block) => block.split('\n').filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0)
    .map(([first = '', ...others]) => {
      const begin = parseBegin(first);
      return { begin, steps: (begin === undefined ? [first, ...others] : others).map(parseStep) };
    });
}

function parseBegin(line: string): Begin | undefined {
  const ago = /^@ (\d+)([mh])$/.exec(line);
  if (ago !== null) return { kind: 'minutes-ago', minutes: Number(ago[1]) * (ago[2] === 'h' ? 60 : 1) };
  const day = /^@ (\d+)d (\d\d):(\d\d)$/.exec(line);
  if (day === null) return undefined;
  return { kind: 'days-ago', days: Number(day[1]), hour: Number(day[2]), minute: Number(day[3]) };
}

function parseStep(line: string): Step {
  const reaction = /^\+(\d+) (\S+)((?: \w+)+)$/.exec(line);
  if (reaction !== null) {
    const [, at, emoji = '', who = ''] = reaction;
    return { kind: 'react', line: Number(at), emoji, who: who.trim().split(' ') };
  }
  const pin = /^pin (\d+) (\w+)$/.exec(line);
  if (pin !== null) return { kind: 'pin', line: Number(pin[1]), who: pin[2] ?? '' };
  const said = /^(\w+)(?: ([<=x])(\d+))?:(.*)$/.exec(line);
  if (said === null) throw new ScriptError(`no step of a script: ${line}`);
  const [, who = '', mark, at, rest = ''] = said;
  const text = rest.trim().replaceAll('\\n', '\n');
  if (mark === 'x') return { kind: 'recall', who, line: Number(at) };
  if (mark === '=') return { kind: 'edit', who, line: Number(at), text };
  return { kind: 'say', who, text, replyTo: at === undefined ? undefined : Number(at) };
}
