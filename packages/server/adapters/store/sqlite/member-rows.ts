import type { StoredMember } from '@hongyan/core/ports';
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
