import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppendRequest } from '@hongyan/core/ports';
import { EntryKind } from '@hongyan/protocol';

/** A data directory that is gone at the end of the test: `await using`. */
export async function temporaryDirectory(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'hongyan-store-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

const sender = `u${'a'.repeat(16)}`;

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
