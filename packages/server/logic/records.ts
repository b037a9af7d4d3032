import {
  APPEARANCE_KEYS,
  admitRecord,
  changeTimeMs,
  isBlock,
  type Mirror,
  type Store,
  StoreError,
} from '@hongyan/core';
import {
  type ConversationId,
  copyBytes,
  DECLINED,
  decodeWish,
  ErrorCode,
  ProtocolError,
  type RecordKey,
  recordKey,
  type SetRecord,
  type UserEvent,
  type UserId,
  type Wish,
} from '@hongyan/protocol';
import { checkAccountsExist } from './accounts.ts';
import type { AppendingParts } from './appending.ts';
import type { Caller } from './caller.ts';
import type { Conversations } from './conversations.ts';
import { formerMember } from './former.ts';
import { askToJoin } from './joining.ts';
import { publishPush } from './push.ts';

/** Characters of what a request to be friends says. */
const GREETING_LENGTH_MAX = 200;
/** What a Wish takes, whatever else a later version says in it: the other one keeps it too. */
const WISH_BYTES_MAX = 1_024;

export type RecordParts = AppendingParts;

/**
 * Keeps a change and, once it is committed, pushes it to all the account's devices, the caller's included, which so learns
 * what became of it (REC-1 to REC-4). Rejects with ProtocolError, or StoreError when the store could not commit.
 */
export async function setRecord(parts: RecordParts, { userId }: Caller, command: SetRecord): Promise<void> {
  const { store, bus, limits } = parts;
  const { record, key } = admitRecord(command, limits);
  await checkSubject(parts, userId, key);
  const nowMs = parts.clock.now();
  const change = {
    userId,
    key: record.key,
    value: copyBytes(record.value),
    changedAtMs: changeTimeMs(record.changedAtMs, nowMs),
    timeMs: nowMs,
  };
  const mirrors = await mirrorsOf(parts, userId, key, change.value);
  const told =
    mirrors.length === 0
      ? ownEvent(userId, await store.records.set(change).catch(refuseTooMany))
      : await store.records.setMirrored(change, mirrors).catch(refuseTooMany);
  for (const { userId: toldId, event } of told) publishPush(bus, [toldId], { case: 'userEvent', value: event }, '');
  const [own] = told;
  if (own !== undefined) tellSight(parts, userId, key, own.event);
}

/** Who may see the account, or what they see, may be another by this. */
function tellSight({ onSightChanged }: RecordParts, userId: UserId, key: RecordKey, { event }: UserEvent): void {
  if (event?.case !== 'recordChanged') return;
  if (APPEARANCE_KEYS.includes(event.value.key)) {
    onSightChanged({ userId, records: [event.value], relatedUserIds: [], conversationId: '' });
  } else if (key.kind === 'friend' || key.kind === 'block') {
    onSightChanged({ userId, records: [], relatedUserIds: [key.userId], conversationId: '' });
  }
}

const ownEvent = (userId: UserId, event: UserEvent | undefined) => (event === undefined ? [] : [{ userId, event }]);

/** Who else is to have the record. Rejects with ProtocolError for one that cannot be. */
async function mirrorsOf(parts: RecordParts, userId: UserId, key: RecordKey, value: Uint8Array): Promise<Mirror[]> {
  switch (key.kind) {
    case 'friend':
      await checkWish(parts, userId, key.userId, value);
      return [{ userId: key.userId, key: recordKey({ kind: 'peer', userId }) }];
    case 'asking': {
      const adminIds = await askToJoin(parts, userId, key.conversationId, value);
      const asked = recordKey({ kind: 'asked', conversationId: key.conversationId, userId });
      return adminIds.map((adminId) => ({ userId: adminId, key: asked }));
    }
    default:
      return [];
  }
}

/** That there is what the key is about, and that it is the account's to say something of. */
async function checkSubject(
  { store, conversations, reads }: RecordParts,
  userId: UserId,
  key: RecordKey,
): Promise<void> {
  switch (key.kind) {
    case 'setting':
    case 'asking':
    case 'asked':
      return;
    case 'draft':
    case 'cleared':
    case 'unread':
    case 'notify':
    case 'top':
      await reads.run(userId, async () => openOrFormer(store, conversations, key.conversationId, userId));
      return;
    case 'friend':
    case 'peer':
    case 'block':
    case 'remark':
      if (key.userId === userId) throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'that is oneself');
      await reads.run(userId, () => checkAccountsExist(store.accounts, [key.userId]));
  }
}

/** Who is no member any more goes on to clear the conversation. */
async function openOrFormer(
  store: Store,
  conversations: Conversations,
  conversationId: ConversationId,
  userId: UserId,
): Promise<void> {
  try {
    await conversations.open(conversationId, userId);
  } catch (error) {
    if ((await formerMember(store, conversationId, userId)) === undefined) throw error;
  }
}

/** A wish is one, and who blocks the account is asked nothing (PPL-3). */
async function checkWish(
  { store, reads }: RecordParts,
  userId: UserId,
  otherId: UserId,
  value: Uint8Array,
): Promise<void> {
  if (value.length === 0) return;
  const wish = wishIn(value);
  if (wish === undefined) throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'the value is no Wish');
  if (wish.greeting.length > GREETING_LENGTH_MAX) {
    throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, `a greeting has at most ${GREETING_LENGTH_MAX} characters`);
  }
  if (value.length > WISH_BYTES_MAX) {
    throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, `a Wish has at most ${WISH_BYTES_MAX} bytes`);
  }
  if (!wish.wanted) {
    if (Buffer.from(value).equals(DECLINED)) return;
    throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'a Wish that says no says nothing else');
  }
  const key = recordKey({ kind: 'block', userId });
  const [block] = await reads.run(userId, () => store.records.values(otherId, [key]));
  if (isBlock(block?.value))
    throw new ProtocolError(ErrorCode.NOT_ACCEPTED, 'the account takes no requests from this one');
}

function wishIn(value: Uint8Array): Wish | undefined {
  try {
    return decodeWish(value);
  } catch {
    return undefined;
  }
}

function refuseTooMany(error: unknown): never {
  if (!(error instanceof StoreError) || error.kind !== 'rejected') throw error;
  throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, 'the account has too many records');
}
