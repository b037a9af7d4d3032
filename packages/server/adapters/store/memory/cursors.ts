import type { CursorBatch, DevicePosition } from '@hongyan/core/ports';
import type { ConversationId, Cursor, UserEvent, UserId } from '@hongyan/protocol';
import { readBy } from './lifetimes.ts';
import { addUserEvent, getOrAdd, type MemoryState } from './state.ts';

type Moved = { userId: UserId; event: UserEvent };

export function advance(state: MemoryState, { cursors, positions, seen = [], timeMs }: CursorBatch): Moved[] {
  const moved = cursors.flatMap((cursor) => advanceCursor(state, cursor, timeMs));
  for (const position of positions) advancePosition(state, position);
  for (const { userId, seenMs } of seen) state.seenMs.set(userId, Math.max(state.seenMs.get(userId) ?? 0, seenMs));
  return moved;
}

function advanceCursor(state: MemoryState, cursor: CursorBatch['cursors'][number], timeMs: number): Moved[] {
  const { conversationId, userId } = cursor;
  const cursors = getOrAdd(state.cursors, conversationId, () => new Map<UserId, Cursor>());
  const stored = cursors.get(userId) ?? { userId, deliveredSeq: 0, readSeq: 0 };
  const readSeq = Math.max(stored.readSeq, cursor.readSeq);
  cursors.set(userId, { userId, deliveredSeq: Math.max(stored.deliveredSeq, cursor.deliveredSeq), readSeq });
  if (readSeq === stored.readSeq) return [];
  const conversation = state.conversations.get(conversationId);
  if (conversation !== undefined) readBy(conversation, { userId, afterSeq: stored.readSeq, readSeq }, timeMs);
  const event = addUserEvent(state, userId, timeMs, { case: 'readMoved', value: { conversationId, readSeq } });
  return [{ userId, event }];
}

function advancePosition(state: MemoryState, { conversationId, userId, deviceId, seq }: DevicePosition): void {
  if (state.devices.get(deviceId)?.userId !== userId) return;
  const positions = getOrAdd(state.positions, conversationId, () => new Map<string, DevicePosition>());
  if (seq > (positions.get(deviceId)?.seq ?? -1)) {
    positions.set(deviceId, { conversationId, userId, deviceId, seq });
  }
}

export function devicePositions(state: MemoryState, conversationId: ConversationId): DevicePosition[] {
  return [...(state.positions.get(conversationId)?.values() ?? [])];
}
