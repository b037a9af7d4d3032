import type { ConversationHead, MemberHead } from '@hongyan/core/ports';
import { decodeFacts, type Role } from '@hongyan/protocol';
import type { MemberHeadRow } from './member-rows.ts';
import { type PackedRows, RowPacker, RowReader } from './rows.ts';

/** A conversation as the reader selects it. */
export interface HeadRow {
  conversationId: string;
  lastSeq: number;
  memberCount: number;
  facts: Uint8Array | null;
}

/** The rows of a conversation are its own and those of the members that are told. */
export class HeadPacker {
  readonly #packer = new RowPacker();

  add({ conversationId, lastSeq, memberCount, facts }: HeadRow, members: readonly MemberHeadRow[]): void {
    this.#packer.row([conversationId], [lastSeq, memberCount, members.length]);
    this.#packer.bytes(facts);
    for (const member of members) this.#addMember(member);
  }

  finish(): PackedRows {
    return this.#packer.finish();
  }

  #addMember(member: MemberHeadRow): void {
    const { userId, nickname, role, mutedUntilMs, fromSeq, untilSeq, deliveredSeq, readSeq, partingFacts } = member;
    this.#packer.row([userId, nickname], [role, mutedUntilMs, fromSeq, untilSeq, deliveredSeq, readSeq]);
    this.#packer.bytes(partingFacts);
  }
}

export function unpackHeads(rows: PackedRows): ConversationHead[] {
  const reader = new RowReader(rows);
  const heads: ConversationHead[] = [];
  while (!reader.isAtEnd) heads.push(readHead(reader));
  return heads;
}

function readHead(reader: RowReader): ConversationHead {
  const conversationId = reader.text();
  const lastSeq = reader.number();
  const memberCount = reader.number();
  const toldCount = reader.number();
  const facts = reader.optionalBytes();
  const members = Array.from({ length: toldCount }, () => readMember(reader));
  return { conversationId, lastSeq, memberCount, facts: facts && decodeFacts(facts), members };
}

function readMember(reader: RowReader): MemberHead {
  const member: MemberHead = {
    userId: reader.text(),
    nickname: reader.text(),
    role: reader.number() as Role,
    mutedUntilMs: reader.number(),
    fromSeq: reader.number(),
    untilSeq: reader.number(),
    deliveredSeq: reader.number(),
    readSeq: reader.number(),
  };
  const partingFacts = reader.optionalBytes();
  if (partingFacts !== undefined) member.partingFacts = decodeFacts(partingFacts);
  return member;
}
