import { NO_FACTS, plainMember } from '@hongyan/core';
import type { Store } from '@hongyan/core/ports';
import { directConversationId, EntryKind, encodeGroupCreated, groupConversationId, Role } from '@hongyan/protocol';
import { expect } from 'vitest';

// What the version before memberships had roles kept: a group, a large one, one without a name, and a direct conversation.

const ann = `u${'a'.repeat(16)}`;
const ben = `u${'b'.repeat(16)}`;
const groupId = (first: number) => groupConversationId(new Uint8Array(16).fill(first));
const direct = directConversationId(ann, ben);
const LARGE = 100_000;

const kept = [
  { conversationId: groupId(1), senderId: ben, name: '鸿雁 geese', memberCount: 2 },
  { conversationId: groupId(2), senderId: ann, name: 'x'.repeat(300), memberCount: LARGE },
  { conversationId: groupId(3), senderId: ann, name: '', memberCount: 2 },
  { conversationId: direct, senderId: ben, name: undefined, memberCount: 2 },
];

const bodyOf = (name: string | undefined) =>
  name === undefined ? Uint8Array.of(10, 1, 65) : encodeGroupCreated({ name });

/** Statements that put them into a database of that version; `bytes` is how the engine writes bytes in hexadecimal. */
export const formerRows = (bytes: (hexadecimal: string) => string): string[] =>
  kept.flatMap(({ conversationId, senderId, name, memberCount }) => [
    `INSERT INTO conversations VALUES ('${conversationId}', 1, 5, ${memberCount})`,
    `INSERT INTO entries VALUES ('${conversationId}', 1, ${name === undefined ? EntryKind.MESSAGE : EntryKind.GROUP_CREATED},
       '${senderId}', 'm', 1, 5, ${bytes(Buffer.from(bodyOf(name)).toString('hex'))})`,
    ...[ann, ben].flatMap((userId) => [
      `INSERT INTO members VALUES ('${conversationId}', '${userId}')`,
      `INSERT INTO memberships VALUES ('${userId}', '${conversationId}')`,
    ]),
  ]);

/** They are there, each group has its maker for an owner and its name, and takes changes. */
export async function expectFormerGroups(store: Store): Promise<void> {
  for (const { conversationId, senderId, name, memberCount } of kept) {
    const head = await store.log.head(conversationId);
    expect(head).toMatchObject({ lastSeq: 1, memberCount });
    expect(head?.facts).toEqual(name ? { ...NO_FACTS, seq: 1, name, memberCount } : undefined);
    const role = (userId: string) => (name !== undefined && userId === senderId ? Role.OWNER : Role.MEMBER);
    const cursor = { deliveredSeq: 0, readSeq: 0 };
    expect(head?.members).toEqual(
      [ann, ben].map((userId) => ({ ...plainMember(userId), ...cursor, role: role(userId) })),
    );
    const everything = { conversationId, afterSeq: 0, beforeSeq: 9, limit: 9, bytesMax: 999, from: 'oldest' } as const;
    const entries = await store.log.read({ ...everything, viewerId: ann });
    expect(entries.map(({ seq, body, header }) => ({ seq, body, header }))).toEqual([
      { seq: 1, body: new Uint8Array(bodyOf(name)), header: undefined },
    ]);
  }
  const [first] = await store.log.members({ conversationId: groupId(1), text: '', after: undefined, limit: 1 });
  expect(first?.userId).toBe(ben);
}
