import { emptyConversation, plainMember } from '@hongyan/core';
import { directConversationId, EntryKind, DEFAULT_LIMITS as limits, selfConversationId } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { createMemoryStore } from '../adapters/store/memory/index.ts';
import { Conversations } from './conversations.ts';
import { fetchConversation, fetchEntries } from './history.ts';
import { PAGE_BYTES_MAX } from './page.ts';
import { conversationState } from './state.ts';

const [ann, ben] = [`u${'a'.repeat(16)}`, `u${'b'.repeat(16)}`];
const annBen = directConversationId(ann, ben);

/** A conversation as the store has it once `count` entries were appended, and as it was known at `knownSeq`. */
async function conversationOf(id: string, senders: readonly string[], bodyBytes: number, knownSeq = senders.length) {
  const store = createMemoryStore();
  const conversation = emptyConversation(id);
  if (conversation === undefined) throw new Error('an impossible id');
  for (const [at, senderId] of senders.entries()) {
    const body = new Uint8Array(bodyBytes);
    const fields = { kind: EntryKind.MESSAGE, clientMessageId: `m${at}`, clientTimeMs: 0, serverTimeMs: 0, body };
    await store.log.append({ conversationId: id, members: conversation.members, senderId, ...fields });
  }
  conversation.lastSeq = knownSeq;
  return { store, conversation };
}

const bytesOf = (entries: readonly { body: Uint8Array }[]) => entries.reduce((sum, { body }) => sum + body.length, 0);

test('[LOG-6] pages of the largest messages are bounded in bytes, and one after another they make the log', async () => {
  const { store, conversation } = await conversationOf(annBen, Array(40).fill(ann), limits.bodyBytesMax);
  const seqs: number[] = [];
  while (seqs.length < 40) {
    const asked = { conversationId: annBen, afterSeq: seqs.length, beforeSeq: 0, limit: limits.pageEntriesMax };
    const { entries, lastSeq } = await fetchEntries(store, limits, { conversationId: annBen, lastSeq: 40 }, ben, asked);
    expect(lastSeq).toBe(40);
    expect(entries.length).toBeGreaterThan(0);
    expect(bytesOf(entries)).toBeLessThanOrEqual(PAGE_BYTES_MAX);
    seqs.push(...entries.map(({ seq }) => seq));
  }
  expect(seqs).toEqual(seqs.map((_, at) => at + 1));
  const newest = await fetchConversation(
    { store, limits, conversations: new Conversations(store) },
    conversation,
    ben,
    limits.pageEntriesMax,
  );
  expect(bytesOf(newest?.entries ?? [])).toBeLessThanOrEqual(PAGE_BYTES_MAX);
  expect(newest?.entries.at(-1)?.seq).toBe(40);
});

test('[RCP-3, L1] the state of a conversation has what another node wrote since this one took it into use', async () => {
  const { store, conversation } = await conversationOf(annBen, [ann, ben, ann], 1, 1);
  const cursors = [{ conversationId: annBen, userId: ben, deliveredSeq: 3, readSeq: 2 }];
  await store.cursors.advance({ cursors, positions: [], timeMs: 0 });
  const update = await fetchConversation(
    { store, limits, conversations: new Conversations(store) },
    conversation,
    ben,
    1,
  );
  expect(update?.state).toMatchObject({ lastSeq: 3, unreadCount: 1 });
  expect(update?.state?.cursors).toContainEqual({ userId: ben, deliveredSeq: 3, readSeq: 2 });
});

test('[RCP-5] unread counts others’ entries up to the last seq the state says, and no further', async () => {
  const { store, conversation } = await conversationOf(annBen, [ann, ben, ann, ben, ann], 1, 4);
  expect(await conversationState(store, limits, conversation, ben)).toMatchObject({ lastSeq: 4, unreadCount: 2 });
  conversation.memberships.set(ben, { ...plainMember(ben), deliveredSeq: 1, readSeq: 1 });
  expect(await conversationState(store, limits, conversation, ben)).toMatchObject({ lastSeq: 4, unreadCount: 1 });
  conversation.memberships.set(ben, { ...plainMember(ben), deliveredSeq: 4, readSeq: 4 });
  expect(await conversationState(store, limits, conversation, ben)).toMatchObject({ lastSeq: 4, unreadCount: 0 });
});

test('[RCP-5] notes to oneself are never unread, which nobody has to look up', async () => {
  const { store, conversation } = await conversationOf(selfConversationId(ann), [ann, ann], 1);
  await store.close();
  expect(await conversationState(store, limits, conversation, ann)).toMatchObject({ lastSeq: 2, unreadCount: 0 });
});
