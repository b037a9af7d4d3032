import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advanceCursor, cursorSum } from './cursor.ts';

const position = fc.record({ deliveredSeq: fc.nat({ max: 50 }), readSeq: fc.nat({ max: 50 }) });

describe('cursors', () => {
  test('[RCP-3] any order and repetition of statements ends in the same cursor', () => {
    fc.assert(
      fc.property(fc.array(position), fc.nat({ max: 40 }), fc.func(fc.integer()), (statements, lastSeq, order) => {
        const inOrder = { deliveredSeq: 0, readSeq: 0 };
        for (const stated of statements) advanceCursor(inOrder, stated, lastSeq);
        const shuffled = { deliveredSeq: 0, readSeq: 0 };
        const other = [...statements, ...statements].sort((a, b) => order(a) - order(b));
        for (const stated of other) advanceCursor(shuffled, stated, lastSeq);
        expect(shuffled).toEqual(inOrder);
      }),
    );
  });

  test('[RCP-3] a cursor only grows, keeps delivered at or above read, and stays within the log', () => {
    fc.assert(
      fc.property(fc.array(position), fc.nat({ max: 40 }), (statements, lastSeq) => {
        const cursor = { deliveredSeq: 0, readSeq: 0 };
        for (const stated of statements) {
          const before = { ...cursor };
          const moved = advanceCursor(cursor, stated, lastSeq);
          expect(cursor.deliveredSeq).toBeGreaterThanOrEqual(Math.max(before.deliveredSeq, cursor.readSeq));
          expect(cursor.readSeq).toBeGreaterThanOrEqual(before.readSeq);
          expect(cursor.deliveredSeq).toBeLessThanOrEqual(lastSeq);
          expect(moved.delivered || moved.read).toBe(cursorSum([cursor]) !== cursorSum([before]));
        }
      }),
    );
  });
});
