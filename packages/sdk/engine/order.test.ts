import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayFrom, displayOrder, REORDER_SPAN } from './order.ts';

const entry = (seq: number, senderId: string, clientTimeMs: number) => ({ seq, senderId, clientTimeMs });
const seqs = (entries: readonly { seq: number }[]) => entries.map(({ seq }) => seq);

/** A log of up to 60 entries by three senders whose clocks and retries are as bad as they can be. */
const logs = fc
  .array(fc.record({ senderId: fc.constantFrom('anna', 'ben', 'cem'), clientTimeMs: fc.nat({ max: 40 }) }), {
    maxLength: 60,
  })
  .map((written) => written.map(({ senderId, clientTimeMs }, index) => entry(index + 1, senderId, clientTimeMs)));

test('[ORD-1] a late message slips into its place among its sender’s own', () => {
  const log = [
    entry(1, 'anna', 10),
    entry(2, 'ben', 11),
    entry(3, 'anna', 30),
    entry(4, 'ben', 31),
    entry(5, 'anna', 20),
  ];
  expect(seqs(displayOrder(log))).toEqual([1, 2, 5, 3, 4]);
});

test('[ORD-1] senders with clocks that disagree stay in the order of the log', () => {
  const log = [entry(1, 'anna', 9_000), entry(2, 'ben', 5), entry(3, 'anna', 9_001), entry(4, 'ben', 6)];
  expect(displayOrder(log)).toBe(log);
});

test('[ORD-1] messages written at the same moment keep the order of the log', () => {
  const log = [entry(1, 'anna', 7), entry(2, 'anna', 7), entry(3, 'anna', 7)];
  expect(displayOrder(log)).toBe(log);
});

test('[ORD-1] nothing slips further than the span', () => {
  const others = Array.from({ length: REORDER_SPAN }, (_, index) => entry(index + 2, 'ben', index));
  const log = [entry(1, 'anna', 10), ...others, entry(REORDER_SPAN + 2, 'anna', 5)];
  expect(displayOrder(log)).toBe(log);
  const nearer = log.toSpliced(1, 1).map((e, index) => ({ ...e, seq: index + 1 }));
  expect(seqs(displayOrder(nearer)).slice(0, 2)).toEqual([REORDER_SPAN + 1, 1]);
});

test('[ORD-1] the same entries are shown, each once', () => {
  fc.assert(
    fc.property(logs, (log) => {
      expect(seqs(displayOrder(log)).toSorted((a, b) => a - b)).toEqual(seqs(log));
    }),
  );
});

test('[ORD-1] a sender’s own messages are shown in the order of writing', () => {
  fc.assert(
    fc.property(logs, (log) => {
      for (const sender of ['anna', 'ben', 'cem']) {
        const times = displayOrder(log).flatMap((e) => (e.senderId === sender ? [e.clientTimeMs] : []));
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }
    }),
  );
});

test('[ORD-1] what comes later never changes how earlier entries stand to each other, so arrival does not matter', () => {
  fc.assert(
    fc.property(logs, fc.nat({ max: 60 }), (log, count) => {
      const earlier = seqs(displayOrder(log.slice(0, count)));
      expect(seqs(displayOrder(log)).filter((seq) => seq <= count)).toEqual(earlier);
    }),
  );
});

test('[ORD-1] an entry that moved stands directly before one of its sender’s that was written later: no shorter way is right', () => {
  fc.assert(
    fc.property(logs, (log) => {
      const shown = displayOrder(log);
      for (const [index, moved] of shown.entries()) {
        const follower = shown[index + 1];
        if (!follower || follower.seq > moved.seq) continue;
        expect(follower.senderId).toBe(moved.senderId);
        expect(follower.clientTimeMs).toBeGreaterThanOrEqual(moved.clientTimeMs);
      }
    }),
  );
});

/** Logs in which messages come later than the span allows for, and so do the places they would belong to. */
const longLogs = fc
  .array(fc.record({ senderId: fc.constantFrom('anna', 'ben'), clientTimeMs: fc.nat({ max: 700 }) }), {
    minLength: 2 * REORDER_SPAN,
    maxLength: 3 * REORDER_SPAN,
  })
  .map((written) =>
    written.map(({ senderId, clientTimeMs }, index) =>
      entry(index + 1, senderId, index % 9 === 0 ? clientTimeMs : index),
    ),
  );

test('[ORD-1] what is shown from a place on needs no more of the log than the span before it, however much is loaded', () => {
  fc.assert(
    fc.property(longLogs, fc.nat({ max: 3 * REORDER_SPAN }), fc.nat({ max: 300 }), (log, fromSeq, more) => {
      const whole = displayFrom(log, fromSeq);
      const loaded = log.filter(({ seq }) => seq >= fromSeq - REORDER_SPAN - more);
      expect(seqs(displayFrom(loaded, fromSeq))).toEqual(seqs(whole));
      expect(seqs(displayOrder(log)).slice(-whole.length || log.length)).toEqual(seqs(whole));
    }),
    { numRuns: 50 },
  );
});

test('[ORD-1] entries that need not move keep the order of the log', () => {
  fc.assert(
    fc.property(logs, (log) => {
      const earlierLater = (e: (typeof log)[number]) =>
        log.some((o) => o.seq < e.seq && o.senderId === e.senderId && o.clientTimeMs > e.clientTimeMs);
      const unmoved = displayOrder(log).filter((e) => !earlierLater(e));
      expect(seqs(unmoved)).toEqual(seqs(unmoved).toSorted((a, b) => a - b));
    }),
  );
});
