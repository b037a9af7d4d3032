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
import { forgetCursorsInStore, keepFirstTicks, loadOlderSilently, stateNothing } from '../bugs/screen-bugs.ts';
import { resendWithNewId, resendWithoutId, sendRefusedLast, tryForEver } from '../bugs/sending-bugs.ts';
import {
  answerLateToo,
  believeTokens,
  findADifference,
  findNoDifference,
  loseHeldBack,
  skipWhileDetached,
} from '../bugs/server-bugs.ts';
import {
  acknowledgeBeforeCommit,
  alterEntries,
  compareTheNewest,
  forgetAppended,
  forgetAppendedAfterAWhile,
  forgetAppendedInRestart,
  keepLastRecord,
  readOldestFirst,
} from '../bugs/store-bugs.ts';
import {
  applyAnywhere,
  believeLastReceipt,
  countUpAndDown,
  ignoreComparedCursors,
  ignoreWantedPositions,
  keepPositionsFirst,
  showByClientTime,
} from '../bugs/sync-bugs.ts';
import type { Sabotage } from '../system/sabotage.ts';
import { simulate } from '../system/simulate.ts';

/** Each bug is put between the real parts and has to be seen, as a breach of its promise, within so many seeds. */
const bugs: [promise: string, bug: string, withinSeeds: number, sabotage: () => Sabotage, firstSeed?: number][] = [
  ['P1', 'a store that acknowledges before it commits', 20, () => ({ store: acknowledgeBeforeCommit })],
  ['P2', 'a store that appends every retry', 20, () => ({ disk: forgetAppended })],
  ['P2', 'a store that knows retries only for a while', 40, () => ({ disk: forgetAppendedAfterAWhile })],
  ['P2', 'a server that knows no retry after a restart', 40, () => ({ store: forgetAppendedInRestart() })],
  ['P2', 'a device that sends a message again under a new id', 20, () => ({ engine: resendWithNewId })],
  ['P9', 'a device that sends a message again without an id', 20, () => ({ engine: resendWithoutId })],
  ['P3', 'a store that gives every reader another entry', 20, () => ({ store: alterEntries })],
  ['P3', 'a device that ignores gaps', 20, () => ({ engine: ignoreGaps })],
  ['P3', 'a device that puts pushes wherever it is', 20, () => ({ engine: applyAnywhere })],
  ['P3', 'a device that keeps positions before their entries', 20, () => ({ engine: keepPositionsFirst })],
  ['P3', 'a device that sends what was refused last', 40, () => ({ engine: sendRefusedLast })],
  ['P3', 'a device that shows messages by client time alone', 20, () => ({ engine: showByClientTime })],
  ['P3', 'a device that does not show receipts where a message is shown', 5, () => ({ engine: keepFirstTicks })],
  [
    'P4',
    'pushes that are lost without a comparison finding it',
    20,
    () => ({ bus: losePushes, frames: findNoDifference }),
  ],
  ['P4', 'a session that skips what was pushed while it had no connection', 40, () => ({ frames: skipWhileDetached })],
  ['P4', 'a session that loses live pushes it held back', 40, () => ({ frames: loseHeldBack })],
  ['P4', 'a server that compares the newest conversations only', 40, () => ({ store: compareTheNewest })],
  ['P4', 'a server that keeps the record that came last', 40, () => ({ disk: keepLastRecord })],
  ['P4', 'a device that announces messages twice', 20, () => ({ engine: announceTwice })],
  [
    'P5',
    'a device that states entries as delivered before it keeps them',
    20,
    () => ({ engine: stateDeliveredOnArrival }),
  ],
  ['P5', 'a device that states entries as read when they arrive', 20, () => ({ engine: stateReadOnArrival })],
  ['P5', 'a device that counts own messages as unread', 20, () => ({ engine: countOwnAsUnread })],
  ['P5', 'a device that counts unread up and down', 20, () => ({ engine: countUpAndDown })],
  ['P5', 'a device that forgets that something was read', 20, () => ({ engine: forgetReceipts })],
  ['P5', 'a device that lets a cursor move backwards', 40, () => ({ engine: believeLastReceipt })],
  ['P5', 'a device that learns no cursors from a comparison', 40, () => ({ engine: ignoreComparedCursors })],
  ['P6', 'a server that believes what tokens say', 40, () => ({ authenticator: believeTokens })],
  ['P8', 'a device that does not state the positions that are wanted', 40, () => ({ engine: ignoreWantedPositions })],
  ['P8', 'a server that answers at the deadline and late', 20, () => ({ frames: answerLateToo })],
  ['P4', 'a server whose pages of history begin at the beginning', 20, () => ({ store: readOldestFirst })],
  ['P4', 'a device that does not keep who has read', 10, () => ({ engine: forgetCursorsInStore })],
  ['LIVENESS', 'a device that does not say that older messages came', 10, () => ({ engine: loadOlderSilently })],
  ['LIVENESS', 'a device that does not say what it holds', 20, () => ({ engine: stateNothing })],
  // A message has to fail six times in a row for it to be seen, which few plans bring about.
  ['P8', 'a device that tries for ever', 40, () => ({ engine: tryForEver }), 101],
  ['LIVENESS', 'a server whose comparison always finds a difference', 5, () => ({ frames: findADifference })],
  ['LIVENESS', 'a device that forgets a message handed to the network', 50, () => ({ engine: forgetWhenHandedOver })],
];

describe('the checkers see', () => {
  it.each(bugs)('[%s] %s, within %i seeds', async (promise, _bug, withinSeeds, sabotage, firstSeed = 1) => {
    const seen = new Set<string>();
    for (let seed = firstSeed; seed < firstSeed + withinSeeds && !seen.has(promise); seed++) {
      for (const violation of (await simulate(seed, { sabotage: sabotage() })).violations) seen.add(violation.promise);
    }
    expect([...seen]).toContain(promise);
  });
});
