import { describe, expect, it } from 'vitest';
import { losePushes } from '../bugs/bus-bugs.ts';
import {
  announceTwice,
  countOwnAsUnread,
  forgetReceipts,
  forgetWhenHandedOver,
  ignoreGaps,
  stateDeliveredOnArrival,
  stateReadOnArrival,
} from '../bugs/engine-bugs.ts';
import { acknowledgeBeforeCommit, alterEntries, forgetAppended } from '../bugs/store-bugs.ts';
import type { Sabotage } from '../system/sabotage.ts';
import { simulate } from '../system/simulate.ts';

/** Each bug is put between the real parts and has to be seen, as a breach of its promise, within so many seeds. */
const bugs: [promise: string, bug: string, withinSeeds: number, sabotage: Sabotage][] = [
  ['P1', 'a store that acknowledges before it commits', 20, { store: acknowledgeBeforeCommit }],
  ['P2', 'a store that appends every retry', 20, { disk: forgetAppended }],
  ['P3', 'a store that gives every reader another entry', 20, { store: alterEntries }],
  ['P3', 'a device that ignores gaps', 20, { engine: ignoreGaps }],
  ['P4', 'a bus that loses pushes without anybody comparing positions', 20, { bus: losePushes }],
  ['P4', 'a device that announces messages twice', 20, { engine: announceTwice }],
  ['P5', 'a device that states entries as delivered before it keeps them', 20, { engine: stateDeliveredOnArrival }],
  ['P5', 'a device that states entries as read when they arrive', 20, { engine: stateReadOnArrival }],
  ['P5', 'a device that counts own messages as unread', 20, { engine: countOwnAsUnread }],
  ['P5', 'a device that forgets that something was read', 20, { engine: forgetReceipts }],
  ['LIVENESS', 'a device that forgets a message handed to the network', 50, { engine: forgetWhenHandedOver }],
];

describe('the checkers see', () => {
  it.each(bugs)('[%s] %s, within %i seeds', async (promise, _bug, withinSeeds, sabotage) => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= withinSeeds && !seen.has(promise); seed++) {
      for (const violation of (await simulate(seed, { sabotage })).violations) seen.add(violation.promise);
    }
    expect([...seen]).toContain(promise);
  });
});
