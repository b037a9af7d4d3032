import { accepts, placedChange } from '@hongyan/core';
import { type Appended, type AppendRequest, StoreError } from '@hongyan/core/ports';
import { type ConversationId, type Entry, EntryKind, type RecordKey, recordKey, type UserId } from '@hongyan/protocol';
import { changedSeq, erasedEditHeader, NO_BYTES } from '../entry-effects.ts';
import { firstMembers } from '../first-members.ts';
import { erase, isErased } from './lifetimes.ts';
import { addUserEvent, getOrAdd, type MemoryConversation, type MemoryState } from './state.ts';

export function append(state: MemoryState, request: AppendRequest): Appended {
  const { members: _, basisSeq, change, recipientId, ...fields } = request;
  const { conversationId, senderId, clientMessageId, serverTimeMs } = fields;
  const first = sent(state, senderId, clientMessageId);
  if (first !== undefined) return first;
  const known = state.conversations.get(conversationId);
  if (basisSeq !== undefined && basisSeq !== (known?.facts?.seq ?? 0)) {
    throw new StoreError('rejected', 'conversation-changed');
  }
  if (recipientId !== undefined && !accepted(state, recipientId, request)) {
    throw new StoreError('rejected', 'not-accepted');
  }
  const conversation = known ?? begin(state, request);
  const entry = asKept(conversation, { ...fields, seq: conversation.entries.length + 1 });
  conversation.entries.push(entry);
  getOrAdd(state.sends, senderId, () => new Map<string, Entry>()).set(clientMessageId, entry);
  const targetSeq = changedSeq(entry);
  if (entry.kind === EntryKind.RECALL && targetSeq !== undefined) erase(conversation, targetSeq);
  if (change !== undefined) apply(conversation, placedChange(change, entry.seq));
  const joining = known === undefined ? [...conversation.members.keys()] : (change?.joined ?? []);
  const joined = joining.map((userId) => join(state, userId, conversationId, serverTimeMs));
  return { conversationId, seq: entry.seq, serverTimeMs, duplicate: false, joined };
}

function accepted(state: MemoryState, recipientId: UserId, { senderId, serverTimeMs }: AppendRequest): boolean {
  const read = (key: RecordKey) => state.records.get(recipientId)?.get(recordKey(key))?.record;
  return accepts(read, senderId, 'write', serverTimeMs);
}

export function sent(state: MemoryState, senderId: UserId, clientMessageId: string): Appended | undefined {
  const first = state.sends.get(senderId)?.get(clientMessageId);
  if (first === undefined) return undefined;
  const { conversationId, seq, serverTimeMs } = first;
  return { conversationId, seq, serverTimeMs, duplicate: true, joined: [] };
}

function begin(state: MemoryState, request: AppendRequest): MemoryConversation {
  const members = new Map(firstMembers(request).map((member) => [member.userId, member]));
  const begun: MemoryConversation = { members, entries: [], facts: undefined, readAtMs: new Map() };
  state.conversations.set(request.conversationId, begun);
  return begun;
}

/** An EDIT of a message that is erased is erased with it. */
function asKept(conversation: MemoryConversation, entry: Entry): Entry {
  const targetSeq = entry.kind === EntryKind.EDIT ? changedSeq(entry) : undefined;
  if (targetSeq === undefined || !isErased(conversation, targetSeq)) return entry;
  return { ...entry, body: NO_BYTES, header: erasedEditHeader(targetSeq) };
}

function apply(conversation: MemoryConversation, { facts, members }: ReturnType<typeof placedChange>): void {
  conversation.facts = facts;
  for (const member of members) conversation.members.set(member.userId, member);
}

function join(state: MemoryState, userId: UserId, conversationId: ConversationId, timeMs: number) {
  const memberships = getOrAdd(state.memberships, userId, () => []);
  if (!memberships.includes(conversationId)) memberships.push(conversationId);
  const event = addUserEvent(state, userId, timeMs, { case: 'conversationJoined', value: { conversationId } });
  return { userId, event };
}
