import type { AppendRequest, DeviceRecord } from '@hongyan/core/ports';
import { EntryKind } from '@hongyan/protocol';

export const sender = `u${'a'.repeat(16)}`;

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

export const device = (deviceId: string, userId: string): DeviceRecord => ({
  deviceId,
  userId,
  name: '',
  createdAtMs: 1,
  refreshHash: deviceId,
  previousRefreshHash: '',
});

/** All entries of a conversation. */
export const whole = (conversationId: string) => ({
  conversationId,
  afterSeq: 0,
  beforeSeq: Number.MAX_SAFE_INTEGER,
  limit: 1_000_000,
  bytesMax: Number.MAX_SAFE_INTEGER,
  from: 'oldest' as const,
});
