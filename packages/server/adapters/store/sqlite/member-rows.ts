import type { MemberHead, StoredMember } from '@hongyan/core/ports';
import { decodeFacts } from '@hongyan/protocol';

/** A row of `members` as it is selected. */
export interface MemberRow extends Omit<StoredMember, 'partingFacts'> {
  partingFacts: Uint8Array | null;
}

export const MEMBER_COLUMNS = `m.user_id AS userId, m.role, m.nickname, m.muted_until_ms AS mutedUntilMs,
  m.from_seq AS fromSeq, m.until_seq AS untilSeq, m.parting_facts AS partingFacts`;

export function storedMember({ partingFacts, ...member }: MemberRow): StoredMember {
  return partingFacts === null ? member : { ...member, partingFacts: decodeFacts(partingFacts) };
}

export interface MemberHeadRow extends MemberRow {
  deliveredSeq: number;
  readSeq: number;
}

/** A member without a cursor row has zeros. */
export const selectMemberHeads = (where: string): string =>
  `SELECT ${MEMBER_COLUMNS}, coalesce(c.delivered_seq, 0) AS deliveredSeq, coalesce(c.read_seq, 0) AS readSeq
   FROM members m LEFT JOIN cursors c ON c.conversation_id = m.conversation_id AND c.user_id = m.user_id WHERE ${where}`;

export const memberHead = ({ deliveredSeq, readSeq, ...member }: MemberHeadRow): MemberHead => ({
  ...storedMember(member),
  deliveredSeq,
  readSeq,
});
