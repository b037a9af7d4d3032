import type { Facts } from '@hongyan/protocol';
import { HERE, type StoredChange, type StoredMember } from '../ports/store.ts';

/** What an entry at `seq` makes of its conversation, HERE being that place. */
export function placedChange(
  { facts, members }: StoredChange,
  seq: number,
): { facts: Facts; members: readonly StoredMember[] } {
  const at = (place: number) => (place === HERE ? seq : place);
  return {
    facts: { ...facts, seq, announcementSeq: at(facts.announcementSeq) },
    members: members.map(({ partingFacts, ...member }) => ({
      ...{ ...member, fromSeq: at(member.fromSeq), untilSeq: at(member.untilSeq) },
      ...(partingFacts && { partingFacts: { ...partingFacts, seq: at(partingFacts.seq) } }),
    })),
  };
}
