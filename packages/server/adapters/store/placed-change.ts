import { HERE, type StoredChange, type StoredMember } from '@hongyan/core/ports';
import type { Facts } from '@hongyan/protocol';

export interface PlacedChange {
  facts: Facts;
  members: readonly StoredMember[];
}

/** What an entry at `seq` makes of its conversation, HERE being that place. */
export function placedChange({ facts, members }: StoredChange, seq: number): PlacedChange {
  const at = (place: number) => (place === HERE ? seq : place);
  const placedFacts = (given: Facts) => ({
    ...given,
    seq: at(given.seq),
    announcementSeq: at(given.announcementSeq),
  });
  return {
    facts: { ...placedFacts(facts), seq },
    members: members.map((member) => ({
      ...member,
      fromSeq: at(member.fromSeq),
      untilSeq: at(member.untilSeq),
      partingFacts: member.partingFacts && placedFacts(member.partingFacts),
    })),
  };
}
