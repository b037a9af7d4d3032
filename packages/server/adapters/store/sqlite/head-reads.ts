import { hasReceipts } from '@hongyan/core';
import { decodeFacts } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import type { Handlers, ReadCalls } from './calls.ts';
import { HeadPacker, type HeadRow } from './head-rows.ts';
import { type MemberHeadRow, selectMemberHeads } from './member-rows.ts';
import type { PackedRows } from './rows.ts';

type HeadReads = Pick<ReadCalls, 'head' | 'heads' | 'headFor' | 'facts'>;

interface OwnHeadRow extends HeadRow {
  /** Of the account's own membership. */
  untilSeq: number;
}

const HEAD_COLUMNS = `c.conversation_id AS conversationId, c.last_seq AS lastSeq, c.member_count AS memberCount, f.facts`;
const FACTS = 'LEFT JOIN conversation_facts f ON c.facts_seq > 0 AND f.conversation_id = c.conversation_id';

export function createHeadReads(database: Database): Handlers<HeadReads> {
  const head = database.prepare<[string], HeadRow>(
    `SELECT ${HEAD_COLUMNS} FROM conversations c ${FACTS} WHERE c.conversation_id = ?`,
  );
  const heads = database.prepare<[string, number], OwnHeadRow>(
    `SELECT ${HEAD_COLUMNS}, o.until_seq AS untilSeq
     FROM memberships s JOIN conversations c ON c.conversation_id = s.conversation_id
     JOIN members o ON o.conversation_id = s.conversation_id AND o.user_id = s.user_id ${FACTS}
     WHERE s.user_id = ? ORDER BY c.last_time_ms DESC, c.conversation_id LIMIT ?`,
  );
  const headFor = database.prepare<[string, string], OwnHeadRow>(
    `SELECT ${HEAD_COLUMNS}, o.until_seq AS untilSeq
     FROM members o JOIN conversations c ON c.conversation_id = o.conversation_id ${FACTS}
     WHERE o.conversation_id = ? AND o.user_id = ?`,
  );
  const facts = database
    .prepare<[string], Uint8Array>('SELECT facts FROM conversation_facts WHERE conversation_id = ?')
    .pluck();
  // By the primary key, whose order is asked for.
  const members = database.prepare<[string], MemberHeadRow>(
    selectMemberHeads('m.conversation_id = ? AND +m.until_seq = 0 ORDER BY m.user_id'),
  );
  const own = database.prepare<[string, string], MemberHeadRow>(
    selectMemberHeads('m.conversation_id = ? AND m.user_id = ?'),
  );

  function tell(packer: HeadPacker, row: OwnHeadRow, userId: string): void {
    const { conversationId, memberCount, untilSeq } = row;
    if (untilSeq > 0) packer.add({ ...row, lastSeq: untilSeq }, own.all(conversationId, userId));
    else if (hasReceipts(memberCount)) packer.add(row, members.all(conversationId));
    else packer.add(row, own.all(conversationId, userId));
  }

  return {
    // One snapshot for the rows and their members.
    head: database.transaction((conversationId: string): PackedRows => {
      const packer = new HeadPacker();
      for (const row of head.all(conversationId)) packer.add(row, members.all(conversationId));
      return packer.finish();
    }),
    heads: database.transaction(({ userId, limit }: { userId: string; limit: number }): PackedRows => {
      const packer = new HeadPacker();
      for (const row of heads.all(userId, Math.max(limit, 0))) tell(packer, row, userId);
      return packer.finish();
    }),
    headFor: database.transaction((asked: { conversationId: string; userId: string }): PackedRows => {
      const packer = new HeadPacker();
      for (const row of headFor.all(asked.conversationId, asked.userId)) tell(packer, row, asked.userId);
      return packer.finish();
    }),
    facts: (conversationId) => facts.all(conversationId).map(decodeFacts)[0],
  };
}
