import { describe, expect, test } from 'vitest';
import { failureOf, type OutboxEvent, type Progress, restored, step } from './outbox-states.ts';
import { NO_TRIES, type Tries } from './tries.ts';

type State = Progress['name'] | 'absent';

const tries: Tries = { count: 1, firstAtMs: 1_000 };
const states: Record<State, Progress | undefined> = {
  absent: undefined,
  queued: { name: 'queued', tries: NO_TRIES },
  sending: { name: 'sending', tries },
  accepted: { name: 'accepted', seq: 7, serverTimeMs: 70 },
  failed: { name: 'failed', reason: 'FORBIDDEN' },
};

const next = { reason: 'no-answer' as const, liveMs: 2_000, pauseMs: 500 };
const events = {
  composed: { type: 'composed' },
  sent: { type: 'sent', liveMs: 1_000 },
  accepted: { type: 'accepted', seq: 8, serverTimeMs: 80 },
  refusedForNow: { type: 'refusedForNow', ...next, reason: 'OVERLOADED' },
  refusedForNowTooLate: { type: 'refusedForNow', ...next, reason: 'OVERLOADED', pauseMs: 600_000 },
  refusedForGood: { type: 'refusedForGood', reason: 'NOT_FOUND' },
  connectionLost: { type: 'connectionLost', ...next },
  connectionLostTooLate: { type: 'connectionLost', ...next, liveMs: 500_000 },
  entryCame: { type: 'entryCame' },
  retried: { type: 'retried' },
  discarded: { type: 'discarded' },
  logDropped: { type: 'logDropped' },
  leadershipLost: { type: 'leadershipLost' },
  storedQueued: { type: 'storedElsewhere', failure: undefined },
  storedFailed: { type: 'storedElsewhere', failure: 'no-answer' },
} satisfies Record<string, OutboxEvent>;

/** The table of outbox-states.ts, cell by cell: absent, queued, sending, accepted, failed; a dot changes nothing. */
const table: Record<keyof typeof events, string> = {
  composed: 'queued   ·        ·        ·        ·',
  sent: '·        sending  ·        ·        ·',
  accepted: '·        accepted accepted accepted accepted',
  refusedForNow: '·        ·        queued   ·        ·',
  refusedForNowTooLate: '·        ·        failed   ·        ·',
  refusedForGood: '·        failed   failed   ·        ·',
  connectionLost: '·        ·        queued   ·        ·',
  connectionLostTooLate: '·        ·        failed   ·        ·',
  entryCame: '·        absent   absent   absent   absent',
  retried: '·        ·        ·        ·        queued',
  discarded: '·        absent   ·        ·        absent',
  logDropped: '·        ·        ·        queued   ·',
  leadershipLost: '·        ·        queued   ·        ·',
  storedQueued: 'queued   queued   ·        ·        queued',
  storedFailed: 'failed   failed   ·        ·        failed',
};

const columns = Object.keys(states) as State[];
const cells = (Object.keys(table) as (keyof typeof events)[]).flatMap((event) =>
  table[event].split(/\s+/).map((after, column) => ({ event, before: columns[column] as State, after })),
);

describe('the outbox as a state machine', () => {
  test('[OUT-5] the table has a cell for every state and every event', () => {
    expect(cells).toHaveLength(columns.length * Object.keys(events).length);
  });

  test.each(cells)('[OUT-5] $before, $event: $after', ({ event, before, after }) => {
    const became = step(states[before], events[event]);
    if (after === '·') expect(became).toBe(states[before]);
    else expect(became?.name ?? 'absent').toBe(after);
  });

  test.each([
    ['queued', 'queued'],
    ['sending', 'queued'],
    ['accepted', 'queued'],
    ['failed', 'failed'],
  ] as const)('[OUT-5] %s is %s after a restart', (before, after) => {
    const progress = states[before];
    expect(progress && restored(failureOf(progress)).name).toBe(after);
  });
});

describe('tries', () => {
  const round = (progress: Progress | undefined, liveMs: number, pauseMs: number) =>
    step(step(progress, { type: 'sent', liveMs }), { type: 'connectionLost', reason: 'no-answer', liveMs, pauseMs });

  test('[OUT-5] five tries, then failed', () => {
    let progress = states.queued;
    const seen = [1, 2, 3, 4, 5].map((number) => {
      progress = round(progress, number * 1_000, 100);
      return progress?.name;
    });
    expect(seen).toEqual(['queued', 'queued', 'queued', 'queued', 'failed']);
    expect(progress).toEqual({ name: 'failed', reason: 'no-answer' });
  });

  test('[OUT-5] none begins more than three minutes after the first', () => {
    const first = round(states.queued, 50_000, 100);
    expect(round(first, 229_900, 100)?.name).toBe('queued');
    expect(round(first, 229_900, 101)?.name).toBe('failed');
  });

  test('[OUT-5] what the person tries again begins anew', () => {
    const failed = [1, 2, 3, 4, 5].reduce(
      (progress: Progress | undefined) => round(progress, 1_000, 100),
      states.queued,
    );
    expect(step(failed, { type: 'retried' })).toEqual({ name: 'queued', tries: NO_TRIES });
  });

  test('[OUT-7] losing the lead costs no try', () => {
    expect(step(states.sending, events.leadershipLost)).toEqual({ name: 'queued', tries });
  });
});
