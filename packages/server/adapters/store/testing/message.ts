import type { AppendRequest, EntryQuery } from '@hongyan/core/ports';
import { EntryKind } from '@hongyan/protocol';

const sender = `u${'a'.repeat(16)}`;

/** A message of 100 bytes that somebody sends to themselves, but for `fields`. */
export function message(clientMessageId: string, fields: Partial<AppendRequest> = {}): AppendRequest {
  return {
    conversationId: `self.${sender}`,
    members: [sender],
    kind: EntryKind.MESSAGE,
    senderId: sender,
    clientMessageId,
    clientTimeMs: 1,
    serverTimeMs: 2,
    body: new Uint8Array(100),
    ...fields,
  };
}

/** All entries of a conversation. */
export const whole = (conversationId: string): EntryQuery => ({
  conversationId,
  afterSeq: 0,
  beforeSeq: Number.MAX_SAFE_INTEGER,
  limit: 1_000_000,
  bytesMax: Number.MAX_SAFE_INTEGER,
  from: 'oldest',
});
