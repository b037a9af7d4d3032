import type { Appended, AppendRequest } from '@hongyan/core/ports';
import type { EntryKind } from '@hongyan/protocol';
import type { Call, Outcome, WriteCalls } from './calls.ts';
import { type PackedRows, RowPacker, RowReader } from './rows.ts';

type WriteCall = Call<WriteCalls>;

/** What few appends have. */
type AppendExtras = Pick<AppendRequest, 'header' | 'change'>;

/** Of direct messages: which of the members has to take it. */
const NO_RECIPIENT = -1;

/** The calls in their order; an append stands as null, or as its extras, and has its fields in the next of `appends`. */
export interface WriteBatch {
  calls: (Exclude<WriteCall, { op: 'append' }> | { op: 'append'; extras: AppendExtras } | null)[];
  appends: PackedRows;
}

/** Stands for no `basisSeq`. */
const NO_BASIS = -1;

/** A plain append's answer is its seq; everything else the asker knows already. */
export type WriteAnswer = number | Outcome;

export function packWrites(calls: readonly WriteCall[]): WriteBatch {
  const packer = new RowPacker();
  const packed = calls.map((call) => {
    if (call.op !== 'append') return call;
    const { conversationId, senderId, clientMessageId, members, kind, clientTimeMs, serverTimeMs, body } = call.request;
    const { basisSeq = NO_BASIS, header, change, recipientId } = call.request;
    const recipientAt = recipientId === undefined ? NO_RECIPIENT : members.length;
    const texts = recipientId === undefined ? members : [...members, recipientId];
    packer.row(
      [conversationId, senderId, clientMessageId, ...texts],
      [texts.length, recipientAt, kind, clientTimeMs, serverTimeMs, basisSeq],
      body,
    );
    return header === undefined && change === undefined ? null : { op: call.op, extras: { header, change } };
  });
  return { calls: packed, appends: packer.finish() };
}

export function unpackWrites(batch: WriteBatch): WriteCall[] {
  const reader = new RowReader(batch.appends);
  return batch.calls.map((call) => {
    if (call === null) return { op: 'append', request: readAppend(reader) };
    if (call.op === 'append') return { op: 'append', request: { ...readAppend(reader), ...call.extras } };
    return call;
  });
}

function readAppend(reader: RowReader): AppendRequest {
  const conversationId = reader.text();
  const senderId = reader.text();
  const clientMessageId = reader.text();
  const texts = Array.from({ length: reader.number() }, () => reader.text());
  const recipientAt = reader.number();
  const recipientId = recipientAt === NO_RECIPIENT ? undefined : texts[recipientAt];
  const members = recipientAt === NO_RECIPIENT ? texts : texts.slice(0, recipientAt);
  const kind = reader.number() as EntryKind;
  const clientTimeMs = reader.number();
  const serverTimeMs = reader.number();
  const basis = reader.number();
  const body = reader.body();
  const basisSeq = basis === NO_BASIS ? undefined : basis;
  const named = { conversationId, senderId, clientMessageId, members, recipientId };
  return { ...named, kind, clientTimeMs, serverTimeMs, basisSeq, body };
}

export function packAnswer(call: WriteCall, outcome: Outcome): WriteAnswer {
  if (call.op !== 'append' || !outcome.ok) return outcome;
  const { seq, duplicate, joined } = outcome.value as Appended;
  return duplicate || joined.length > 0 ? outcome : seq;
}

export function unpackAnswer(call: WriteCall, answer: WriteAnswer): Outcome {
  if (typeof answer !== 'number') return answer;
  const { conversationId, serverTimeMs } = (call as Call<WriteCalls, 'append'>).request;
  return { ok: true, value: { conversationId, seq: answer, serverTimeMs, duplicate: false, joined: [] } };
}
