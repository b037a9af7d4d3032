import { type ConversationId, decodeEntryHeader, type Entry, type EntryKind } from '@hongyan/protocol';
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
  header: Uint8Array | null,
];

export const ENTRY_COLUMNS =
  'e.seq, e.kind, e.sender_id, e.client_message_id, e.client_time_ms, e.server_time_ms, e.body, e.header';

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
  for (const [seq, kind, senderId, clientMessageId, clientTimeMs, serverTimeMs, body, header] of rows) {
    packer.row([senderId, clientMessageId], [seq, kind, clientTimeMs, serverTimeMs], body);
    packer.bytes(header);
  }
  return packer.finish();
}

export function unpackEntries(conversationId: ConversationId, rows: PackedRows): Entry[] {
  const reader = new RowReader(rows);
  return Array.from({ length: reader.count }, () => readEntry(conversationId, reader));
}

function readEntry(conversationId: ConversationId, reader: RowReader): Entry {
  const entry: Entry = {
    conversationId,
    seq: reader.number(),
    kind: reader.number() as EntryKind,
    senderId: reader.text(),
    clientMessageId: reader.text(),
    clientTimeMs: reader.number(),
    serverTimeMs: reader.number(),
    body: reader.body(),
  };
  const header = reader.optionalBytes();
  if (header !== undefined) entry.header = decodeEntryHeader(header);
  return entry;
}
