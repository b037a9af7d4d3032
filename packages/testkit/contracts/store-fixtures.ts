import { NO_FACTS, plainMember } from '@hongyan/core';
import {
  type AppendRequest,
  type DeviceEnd,
  type DeviceRecord,
  HERE,
  type Store,
  type StoredMember,
  type UserRecord,
} from '@hongyan/core/ports';
import {
  directConversationId,
  type EntryHeader,
  EntryKind,
  type Facts,
  Role,
  selfConversationId,
} from '@hongyan/protocol';
import { expect } from 'vitest';

/** One opened store of the adapter under test. */
export interface OpenedStore {
  store: Store;
  /** Closes the store and opens it again on the same data. */
  reopen(): Promise<Store>;
  cleanup(): Promise<void>;
}

export type OpenStore = () => Promise<OpenedStore>;

export const ann = `u${'a'.repeat(16)}`;
export const ben = `u${'b'.repeat(16)}`;
export const cho = `u${'c'.repeat(16)}`;
export const dan = `u${'d'.repeat(16)}`;
export const annBen = directConversationId(ann, ben);
export const annCho = directConversationId(ann, cho);
export const annSelf = selfConversationId(ann);
export const crowd = `group.g${'1'.repeat(16)}`;

/** A message of ann's to ben unless it says otherwise. */
export function message(clientMessageId: string, fields: Partial<AppendRequest> = {}): AppendRequest {
  return {
    conversationId: annBen,
    members: [ann, ben],
    kind: EntryKind.MESSAGE,
    senderId: ann,
    clientMessageId,
    clientTimeMs: 1_700_000_000_000,
    serverTimeMs: 1_700_000_000_500,
    body: new TextEncoder().encode(clientMessageId),
    ...fields,
  };
}

export function user(userId: string, handle: string, fields: Partial<UserRecord> = {}): UserRecord {
  return {
    userId,
    handle,
    displayName: handle,
    statusLine: '',
    passwordHash: `hash of ${handle}`,
    createdAtMs: 1_700_000_000_000,
    ...fields,
  };
}

export function device(deviceId: string, fields: Partial<DeviceRecord> = {}): DeviceRecord {
  return {
    deviceId,
    userId: ann,
    name: 'laptop',
    kind: 'desktop',
    createdAtMs: 1_700_000_000_000,
    lastSeenAtMs: 1_700_000_000_000,
    refreshHash: 'r1',
    previousRefreshHash: '',
    ...fields,
  };
}

/** What a promise rejects with that changed nothing. */
export const rejected = (reason: string) => expect.objectContaining({ name: 'StoreError', kind: 'rejected', reason });

export const signedOut: DeviceEnd = { reason: 'signed-out', byName: '' };

/** Appends one after another, so that message n is entry n. */
export async function appendAll(store: Store, requests: readonly AppendRequest[]): Promise<void> {
  for (const request of requests) await store.log.append(request);
}

export const whole = {
  afterSeq: 0,
  beforeSeq: Number.MAX_SAFE_INTEGER,
  limit: 10_000,
  bytesMax: Number.MAX_SAFE_INTEGER,
  from: 'oldest',
} as const;

export const header = (fields: Partial<EntryHeader>): EntryHeader => ({
  targetSeq: 0,
  mentionedIds: [],
  mentionsAll: false,
  lifetimeMs: 0,
  livesFromRead: false,
  ...fields,
});

export const facts = (fields: Partial<Facts>): Facts => ({ ...NO_FACTS, seq: HERE, ...fields });

/** The first entry of ann's group. */
export const founding = (members: readonly string[], fields: Partial<AppendRequest> = {}): AppendRequest =>
  message('founding', { conversationId: crowd, kind: EntryKind.GROUP_CREATED, members, ...fields });

/** An entry that makes something else of ann's group, decided by the facts of `basisSeq`. */
export function changing(
  clientMessageId: string,
  basisSeq: number,
  change: Partial<NonNullable<AppendRequest['change']>>,
): AppendRequest {
  const whole = { facts: facts({ name: clientMessageId }), members: [], joined: [], ...change };
  const kind = EntryKind.CONVERSATION_CHANGED;
  return message(clientMessageId, { conversationId: crowd, kind, basisSeq, change: whole });
}

export const joining = (userId: string, fields: Partial<StoredMember> = {}) => ({
  members: [{ ...plainMember(userId), fromSeq: HERE, ...fields }],
  joined: [userId],
});

export const leaving = (userId: string, partingFacts: Facts, fields: Partial<StoredMember> = {}) => ({
  members: [{ ...plainMember(userId), role: Role.UNSPECIFIED, untilSeq: HERE, partingFacts, ...fields }],
});
