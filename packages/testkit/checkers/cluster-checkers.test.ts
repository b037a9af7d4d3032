import { describe, expect, it } from 'vitest';
import {
  endWithFirst,
  forgetNobody,
  ignoreRestored,
  listenLate,
  mixAccounts,
  sendLastPush,
  tellFirstListener,
} from '../bugs/cluster-bugs.ts';
import { answerEverybody, askOnce, askOneNode, sayKeptAtOnce } from '../bugs/relay-bugs.ts';
import { appendInDoubtAnew, orderByClocks, rememberHeads, takeInDoubtForDone } from '../bugs/store-bugs.ts';
import type { Sabotage } from '../system/sabotage.ts';
import { simulateCluster } from '../system/simulate.ts';

/** As in checkers.test.ts, for what is wrong between the nodes of a cluster, and with what they share. */
const bugs: [promise: string, bug: string, withinSeeds: number, sabotage: () => Sabotage][] = [
  ['P1', 'a store that takes what is in doubt for done', 20, () => ({ store: takeInDoubtForDone })],
  ['P2', 'a store that appends anew what is in doubt', 20, () => ({ store: appendInDoubtAnew })],
  ['P3', 'a store that goes by the clocks of nodes', 40, () => ({ disk: orderByClocks })],
  ['P6', 'a node that sends pushes of two accounts to one', 10, () => ({ broker: mixAccounts })],
  ['P6', 'a gateway that takes the answers to another one', 30, () => ({ broker: answerEverybody() })],
  ['LIVENESS', 'a node that believes what it knew of conversations', 10, () => ({ store: rememberHeads })],
  ['LIVENESS', 'a gateway that does not ask again what a dead node was asked', 20, () => ({ broker: askOneNode })],
  ['LIVENESS', 'a gateway that asks nothing twice', 20, () => ({ broker: askOnce })],
  ['LIVENESS', 'a gateway that forgets no node', 20, () => ({ broker: forgetNobody })],
  ['LIVENESS', 'a node that says kept before it has written', 30, () => ({ logic: sayKeptAtOnce })],
  ['LIVENESS', 'a gateway that has nothing compared when the broker is back', 40, () => ({ broker: ignoreRestored })],
  ['LIVENESS', 'a gateway that listens for an account too late', 40, () => ({ broker: listenLate })],
  ['LIVENESS', 'a gateway that listens until the first of two sessions ends', 20, () => ({ bus: endWithFirst })],
  ['LIVENESS', 'a push that reaches one of two gateways', 20, () => ({ broker: tellFirstListener() })],
  ['LIVENESS', 'a node that sends the last of several pushes', 20, () => ({ broker: sendLastPush })],
];

describe('the checkers see in a cluster', () => {
  it.each(bugs)('[%s] %s, within %i seeds', async (promise, _bug, withinSeeds, sabotage) => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= withinSeeds && !seen.has(promise); seed++) {
      const { violations } = await simulateCluster(seed, { sabotage: sabotage() });
      for (const violation of violations) seen.add(violation.promise);
    }
    expect([...seen]).toContain(promise);
  });
});
