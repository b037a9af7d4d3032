import type { ConversationId, Entry, EntryKind } from '@hongyan/protocol';
import { type PackedRows, RowPacker, RowReader } from './rows.ts';

/** A row of `entries` without its conversation, as the reader selects it. */
export type EntryRow = [
  seq: number,
  kind: EntryKind,
  senderId: string,
  clientMessageId: string,
  clientTimeMs: number,
  serverTimeMs: number,
  body: Uint8Array,
];

/** Takes rows until their bodies would pass `bytesMax` together, but at least one; further rows are not read. */
export function fitting(rows: Iterable<EntryRow>, bytesMax: number): EntryRow[] {
  const taken: EntryRow[] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += row[6].length;
    if (taken.length > 0 && bytes > bytesMax) break;
    taken.push(row);
  }
  return taken;
}

export function packEntries(rows: readonly EntryRow[]): PackedRows {
  const packer = new RowPacker();
  for (const [seq, kind, senderId, clientMessageId, clientTimeMs, serverTimeMs, body] of rows) {
    packer.row([senderId, clientMessageId], [seq, kind, clientTimeMs, serverTimeMs], body);
  }
  return packer.finish();
}

export function unpackEntries(conversationId: ConversationId, rows: PackedRows): Entry[] {
  const reader = new RowReader(rows);
  return Array.from({ length: reader.count }, () => ({
    conversationId,
    seq: reader.number(),
    kind: reader.number() as EntryKind,
    senderId: reader.text(),
    clientMessageId: reader.text(),
    clientTimeMs: reader.number(),
    serverTimeMs: reader.number(),
    body: reader.body(),
  }));
}
