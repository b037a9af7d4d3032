import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Message } from '../types.ts';
import { withAscendingTimes } from './shown-times.ts';

const message = (clientTimeMs: number, serverTimeMs: number | undefined): Message => ({
  id: `${clientTimeMs} ${serverTimeMs}`,
  conversationId: 'c',
  seq: undefined,
  senderId: 'u',
  mine: false,
  clientTimeMs,
  serverTimeMs,
  timeMs: serverTimeMs ?? clientTimeMs,
  content: { kind: 'unknown' },
  state: { name: 'received' },
  replyTo: undefined,
  originId: undefined,
  reactions: [],
  editedAtMs: undefined,
  erased: false,
  changing: false,
  mentionsMe: false,
  livesFromRead: false,
  expiresAtMs: undefined,
});

const times = (messages: readonly Message[]) => messages.map(({ timeMs }) => timeMs);

test('[D4] a message that slipped into its place shows when it was written', () => {
  const late = message(15, 90);
  expect(times(withAscendingTimes([message(10, 11), late, message(20, 21)]))).toEqual([11, 15, 21]);
  expect(times(withAscendingTimes([message(10, 18), late, message(20, 21)]))).toEqual([18, 18, 21]);
});

test('[D4] times never go back, and messages in order keep their identity', () => {
  const some = fc.array(fc.tuple(fc.nat({ max: 50 }), fc.nat({ max: 50 })));
  fc.assert(
    fc.property(some, (pairs) => {
      const shown = withAscendingTimes(pairs.map(([client, server]) => message(client, server)));
      expect(times(shown)).toEqual(times(shown).toSorted((a, b) => a - b));
      expect(withAscendingTimes(shown)).toEqual(shown);
      for (const [index, again] of withAscendingTimes(shown).entries()) expect(again).toBe(shown[index]);
    }),
  );
});
