import { EntryKind, type UserId } from '@hongyan/protocol';
import { integers, texts } from '../wire/arrays.ts';
import { type Call, call, type Statement } from '../wire/statement.ts';
import type { MessagePlace } from './message-place.ts';

export const addChanges: Statement = {
  name: 'add_changes',
  text: `INSERT INTO message_changes (conversation_id, target_seq, seq, kind, sender_id, superseded)
    SELECT *, 0 FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[])`,
};

/** Behind `add_changes`, each with the seq of the one that stands, and whose it takes the place of: a range of senders. */
export const supersedeChanges: Statement = {
  name: 'supersede_changes',
  text: `WITH superseded AS MATERIALIZED (
      SELECT found.*, k.seq AS superseding_seq FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[])
        AS k(conversation_id, target_seq, seq, kind, sender_from, sender_to)
      CROSS JOIN LATERAL (
        SELECT c.conversation_id, c.target_seq, c.seq FROM message_changes c
        WHERE c.conversation_id = k.conversation_id AND c.target_seq = k.target_seq AND c.kind = k.kind
          AND c.sender_id BETWEEN k.sender_from AND k.sender_to AND c.superseded = 0 AND c.seq < k.seq OFFSET 0
      ) AS found
    )
    UPDATE message_changes c SET superseded = k.superseding_seq FROM superseded k
    WHERE c.conversation_id = k.conversation_id AND c.target_seq = k.target_seq AND c.seq = k.seq`,
};

/** An entry that changes a message. */
export interface MessageChange extends MessagePlace {
  targetSeq: number;
  kind: EntryKind;
  senderId: UserId;
}

/** Every sender there may be. */
const ANYBODY = { from: '', to: '\u{10ffff}' };

/** In the order of their places. */
export function changeCalls(changes: readonly MessageChange[]): Call[] {
  if (changes.length === 0) return [];
  const standing = new Map<string, { change: MessageChange; senders: typeof ANYBODY }>();
  for (const change of changes) {
    const { conversationId, targetSeq, kind, senderId } = change;
    if (kind === EntryKind.RECALL) continue;
    const senders = kind === EntryKind.EDIT ? ANYBODY : { from: senderId, to: senderId };
    standing.set([conversationId, targetSeq, kind, senders.from].join('\n'), { change, senders });
  }
  const added = call(addChanges, ...columnsOf(changes), texts(changes.map(({ senderId }) => senderId)));
  if (standing.size === 0) return [added];
  const superseding = [...standing.values()];
  return [
    added,
    call(
      supersedeChanges,
      ...columnsOf(superseding.map(({ change }) => change)),
      texts(superseding.map(({ senders }) => senders.from)),
      texts(superseding.map(({ senders }) => senders.to)),
    ),
  ];
}

const columnsOf = (changes: readonly MessageChange[]) => [
  texts(changes.map(({ conversationId }) => conversationId)),
  integers(changes.map(({ targetSeq }) => targetSeq)),
  integers(changes.map(({ seq }) => seq)),
  integers(changes.map(({ kind }) => kind)),
];
