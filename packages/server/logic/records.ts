import {
  APPEARANCE_KEYS,
  admitRecord,
  type Bus,
  type Clock,
  changeTimeMs,
  type Store,
  StoreError,
} from '@hongyan/core';
import { copyBytes, ErrorCode, type Limits, ProtocolError, type SetRecord } from '@hongyan/protocol';
import type { SightChanged } from '@hongyan/protocol/cluster';
import type { Caller } from './caller.ts';
import type { Conversations } from './conversations.ts';
import type { Gate } from './gate.ts';
import { publishPush } from './push.ts';

export interface RecordParts {
  store: Store;
  bus: Bus;
  clock: Clock;
  limits: Limits;
  conversations: Conversations;
  /** Bounds what is read at once. */
  reads: Gate;
  onSightChanged: (changed: SightChanged) => void;
}

/**
 * Keeps a change and, once it is committed, pushes it to all the account's devices, the caller's included, which so learns
 * what became of it (REC-1 to REC-4). Rejects with ProtocolError, or StoreError when the store could not commit.
 */
export async function setRecord(parts: RecordParts, { userId }: Caller, command: SetRecord): Promise<void> {
  const { conversations, limits, reads } = parts;
  const { record, key } = admitRecord(command, limits);
  if (key.kind !== 'setting') await reads.run(userId, async () => conversations.open(key.conversationId, userId));
  const nowMs = parts.clock.now();
  const event = await parts.store.records
    .set({
      userId,
      key: record.key,
      value: copyBytes(record.value),
      changedAtMs: changeTimeMs(record.changedAtMs, nowMs),
      timeMs: nowMs,
    })
    .catch(refuseTooMany);
  if (event === undefined) return;
  publishPush(parts.bus, [userId], { case: 'userEvent', value: event }, '');
  if (!APPEARANCE_KEYS.includes(record.key) || event.event?.case !== 'recordChanged') return;
  parts.onSightChanged({ userId, records: [event.event.value], relatedUserIds: [], conversationId: '' });
}

function refuseTooMany(error: unknown): never {
  if (!(error instanceof StoreError) || error.kind !== 'rejected') throw error;
  throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, 'the account has too many records');
}
