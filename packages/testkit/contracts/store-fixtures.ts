import type { AppendRequest, DeviceEnd, DeviceRecord, Store, UserRecord } from '@hongyan/core/ports';
import { directConversationId, EntryKind, selfConversationId } from '@hongyan/protocol';
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
export const annBen = directConversationId(ann, ben);
export const annCho = directConversationId(ann, cho);
export const annSelf = selfConversationId(ann);

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
