import type { DeviceId, UserId } from '@hongyan/protocol';
import type { EngineBatch, OutboxRecord } from '../engine/types.ts';
import { SdkError } from '../types.ts';
import type { SessionRecord } from './store.ts';

/** OUT-9: what stays on the device when a session ends; the outbox when it was the server that ended it. */
export type Leaving = 'nothing' | 'outbox';

/** OUT-10: the session on the store, if it is this device's. Throws SdkError `signed-out` otherwise. */
export function requireSession(stored: SessionRecord | undefined, deviceId: DeviceId): SessionRecord {
  if (stored?.me.deviceId === deviceId) return stored;
  throw new SdkError('signed-out', 'the session of this device is not on the store any more');
}

/** Whether somebody else has signed in since. */
export const isReplaced = (stored: SessionRecord | undefined, deviceId: DeviceId): boolean =>
  stored !== undefined && stored.me.deviceId !== deviceId;

/** OUT-9: what of an outbox an account finds again when it signs in. */
export const outboxFor = (userId: UserId, records: readonly OutboxRecord[]): OutboxRecord[] =>
  records.filter(({ senderId }) => senderId === userId);

/** OUT-9: what of an outbox stays when a session ends. A record of an earlier version names nobody: it is this account's. */
export function outboxLeft(
  leaving: Leaving,
  session: SessionRecord | undefined,
  records: readonly OutboxRecord[],
): OutboxRecord[] {
  if (leaving === 'nothing') return [];
  return session ? records.map((record) => ({ senderId: session.me.userId, ...record })) : [...records];
}

/** Whether a batch holds nothing that would be wrong in the store of another session. */
export const isOutboxOnly = ({ entries, conversations, records, userSeq }: EngineBatch): boolean =>
  entries.length + conversations.length + records.length === 0 && userSeq === 0;
