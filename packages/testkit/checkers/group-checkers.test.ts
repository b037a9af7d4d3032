import { describe, expect, it } from 'vitest';
import {
  countOwnMentions,
  eraseOnScreenOnly,
  expireNever,
  ignoreBlocks,
  keepMemberCount,
  reactTwice,
  readForEverybody,
  recallNothing,
  showFirstText,
} from '../bugs/group-bugs.ts';
import type { Sabotage } from '../system/sabotage.ts';
import { simulate } from '../system/simulate.ts';

/** As in checkers.test.ts, for groups, changes of messages and what people are to each other. */
const bugs: [promise: string, bug: string, withinSeeds: number, sabotage: () => Sabotage][] = [
  ['P6', 'a server that reads pages to everybody', 40, () => ({ store: readForEverybody })],
  ['P6', 'a server that does not look at blocks', 40, () => ({ store: ignoreBlocks })],
  ['P7', 'a recall that erases nothing in the store', 20, () => ({ disk: recallNothing })],
  ['P7', 'a device that keeps in its store what was recalled', 20, () => ({ engine: eraseOnScreenOnly })],
  ['P7', 'a server that never ends a lifetime', 20, () => ({ store: expireNever })],
  ['P3', 'a device that counts reactions twice', 20, () => ({ engine: reactTwice })],
  ['P3', 'a device that shows what was said before an edit', 20, () => ({ engine: showFirstText })],
  ['P3', 'a device that does not see members go', 40, () => ({ engine: keepMemberCount })],
  ['P5', 'a device that counts all that is unread as mentions', 20, () => ({ engine: countOwnMentions })],
];

describe('the checkers see in groups', () => {
  it.each(bugs)('[%s] %s, within %i seeds', async (promise, _bug, withinSeeds, sabotage) => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= withinSeeds && !seen.has(promise); seed++) {
      for (const violation of (await simulate(seed, { sabotage: sabotage() })).violations) seen.add(violation.promise);
    }
    expect([...seen]).toContain(promise);
  });
});
