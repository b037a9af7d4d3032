import type { Logger } from '@hongyan/core';
import { decodeServerFrame, EntryKind, encodeReply, selfConversationId } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { createInProcessBus } from '../adapters/bus/inprocess/bus.ts';
import { createMemoryStore } from '../adapters/store/memory/index.ts';
import { createLogic } from './index.ts';

const logger: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const clock = { now: () => 1_000, schedule: () => () => {} };
const userId = 'uann0000000000000';
const conversationId = selfConversationId(userId);

test('[LOG-2, SYN-4] a retry pushes the entry as the log has it, as nobody may have heard of the first attempt', async () => {
  const [store, bus] = [createMemoryStore(), createInProcessBus()];
  const profile = { handle: 'ann', displayName: 'Ann', statusLine: '', passwordHash: '', createdAtMs: 0 };
  await store.accounts.createUser({ userId, ...profile });
  const first = { conversationId, clientMessageId: 'm1', clientTimeMs: 7, body: Uint8Array.of(1) };
  // Committed, but this process was not told: nothing was pushed.
  await store.log.append({
    ...first,
    members: [userId],
    kind: EntryKind.MESSAGE,
    senderId: userId,
    serverTimeMs: 500,
  });
  const logic = createLogic({ store, bus, clock, logger });
  const pushed: unknown[] = [];
  bus.subscribe(userId, ({ frame }) => pushed.push(decodeServerFrame(frame)));

  const caller = { userId, deviceId: 'd1', sessionId: 'n1' };
  const again = { id: 2, body: { case: 'sendMessage', value: { ...first, body: Uint8Array.of(2) } } } as const;
  const reply = await new Promise((done, failed) => {
    logic.run(caller, again, { deadlineMs: 9_000, isAwaited: true, isOverdue: false, done, failed });
  });

  const value = { conversationId, seq: 1, serverTimeMs: 500 };
  expect(reply).toEqual(encodeReply(2, { case: 'messageSent', value }));
  const window = { afterSeq: 0, beforeSeq: 9, limit: 9, bytesMax: 9, from: 'oldest' } as const;
  const [entry] = await store.log.read({ conversationId, ...window });
  const push = { body: { case: 'entry', value: entry } };
  expect(pushed).toEqual([{ frame: { case: 'push', value: push } }]);
});
