import type { ConversationId, Entry } from '@hongyan/protocol';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Settled } from '../../packages/testkit/checkers/index.ts';
import type { Observation } from '../../packages/testkit/observation.ts';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { FaultWorld } from './kit/fault-world.ts';
import { RealJudge } from './kit/judge.ts';
import { startLoad } from './kit/load.ts';

/** A real run that went well, kept so that it can be told otherwise. */
const history: Observation[] = [];
let settled: Settled;
let longest: { conversationId: ConversationId; log: readonly Entry[] };

beforeAll(async () => {
  const world = await FaultWorld.create(await ServerProcess.create(), 7, (observation) => history.push(observation));
  try {
    const load = startLoad(world.devices, world.random.fork(), 30);
    await world.sightings.moreAcknowledged(60);
    load.stop();
    expect(await world.verdict()).toEqual([]);
    settled = await world.frozen();
    const [first] = [...settled.logs].sort(([, a], [, b]) => b.length - a.length);
    if (first === undefined) throw new Error('nothing was said');
    longest = { conversationId: first[0], log: first[1] };
  } finally {
    await world.dispose();
  }
});

/** Who complains when the judge is shown these observations and this end. */
function complaints(observations: readonly Observation[], logs = settled.logs): string[] {
  const judge = new RealJudge();
  for (const { userId, deviceId } of settled.devices) judge.owns(userId, deviceId);
  for (const observation of observations) judge.observe(observation);
  judge.audit({ ...settled, logs });
  const outstanding = judge.outstanding({ ...settled, logs });
  return [...new Set([...judge.complaints, ...outstanding].map((complaint) => complaint.replace(/:.*/s, '')))];
}

const withLog = (log: readonly Entry[]) => new Map(settled.logs).set(longest.conversationId, log);

const renumbered = (log: readonly Entry[]) => log.map((entry, index) => ({ ...entry, seq: index + 1 }));

/** The history with the last observation of a kind that is `wanted` treated by `change`. */
function doctored(
  wanted: (observation: Observation) => boolean,
  change: (observation: Observation) => readonly Observation[],
): Observation[] {
  const at = history.findLastIndex(wanted);
  const found = history[at];
  if (found === undefined) throw new Error('the run has nothing to be doctored');
  return history.toSpliced(at, 1, ...change(found));
}

const isAnnounced = (observation: Observation) => observation.kind === 'announced';

describe('the judge of real runs', () => {
  test('[P1] [P2] [P3] [P4] [P5] finds nothing where nothing is', () => {
    expect(complaints(history)).toEqual([]);
  });

  test('[P1] sees that a message which was acknowledged is not in the log', () => {
    expect(complaints(history, withLog(renumbered(longest.log.toSpliced(3, 1))))).toContain('P1');
  });

  test('[P2] sees a message that is in the log twice', () => {
    const [entry] = longest.log;
    if (entry === undefined) throw new Error('an empty log');
    expect(complaints(history, withLog(renumbered([...longest.log, entry])))).toContain('P2');
  });

  test('[P3] sees two entries that changed places', () => {
    const [first, second, ...rest] = longest.log;
    if (first === undefined || second === undefined) throw new Error('a short log');
    expect(complaints(history, withLog(renumbered([second, first, ...rest])))).toContain('P3');
  });

  test('[P4] sees a message that a device was never told of, and one that it was told of twice', () => {
    expect(complaints(doctored(isAnnounced, () => []))).toContain('P4');
    expect(complaints(doctored(isAnnounced, (observation) => [observation, observation]))).toContain('P4');
  });

  test('[P5] sees a receipt for what no device holds', () => {
    const isTold = (observation: Observation) => observation.kind === 'told' && observation.deliveredSeq > 0;
    const further = (observation: Observation) =>
      observation.kind === 'told' ? [{ ...observation, deliveredSeq: longest.log.length + 100 }] : [];
    expect(complaints(doctored(isTold, further))).toContain('P5');
  });
});
