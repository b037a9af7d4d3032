import { type AccountRecord, ConversationKind } from './gen/hongyan.ts';
import { type ConversationId, isUserId, parseConversationId, type UserId } from './ids.ts';

/** What an account record's key says (REC-1). */
export type RecordKey =
  | { kind: 'draft'; conversationId: ConversationId }
  | { kind: 'cleared'; conversationId: ConversationId }
  | { kind: 'unread'; conversationId: ConversationId }
  /** What of a conversation the account wants to be told of. */
  | { kind: 'notify'; conversationId: ConversationId }
  /** Whether a conversation is to be at the top of the list. */
  | { kind: 'top'; conversationId: ConversationId }
  /** The account's own wish to be friends with another one. */
  | { kind: 'friend'; userId: UserId }
  /** The other one's wish, which the server keeps here; no device changes it (PPL-1). */
  | { kind: 'peer'; userId: UserId }
  | { kind: 'block'; userId: UserId }
  | { kind: 'remark'; userId: UserId }
  /** The account's own wish to be in a group. */
  | { kind: 'asking'; conversationId: ConversationId }
  /** Somebody's, which the server keeps for each of the group's administrators (GRP-9). */
  | { kind: 'asked'; conversationId: ConversationId; userId: UserId }
  | { kind: 'setting'; name: string };

/** How far ahead of the server's clock a change may say it was made (REC-3). */
export const RECORD_AHEAD_MAX_MS = 300_000;

const settingName = /^[a-z][a-z0-9-]{0,31}$/;

export const isSettingName = (name: string): boolean => settingName.test(name);

export function recordKey(key: RecordKey): string {
  return `${key.kind}/${subjectOf(key)}`;
}

function subjectOf(key: RecordKey): string {
  switch (key.kind) {
    case 'draft':
    case 'cleared':
    case 'unread':
    case 'notify':
    case 'top':
    case 'asking':
      return key.conversationId;
    case 'asked':
      return `${key.conversationId}/${key.userId}`;
    case 'friend':
    case 'peer':
    case 'block':
    case 'remark':
      return key.userId;
    case 'setting':
      return key.name;
  }
}

/** Undefined when the text is not the key of a record. */
export function parseRecordKey(text: string): RecordKey | undefined {
  const at = text.indexOf('/');
  const [kind, subject] = [text.slice(0, at), text.slice(at + 1)];
  switch (kind) {
    case 'draft':
    case 'cleared':
    case 'unread':
    case 'notify':
    case 'top':
      return parseConversationId(subject) && { kind, conversationId: subject };
    case 'asking':
      return isGroup(subject) ? { kind, conversationId: subject } : undefined;
    case 'asked': {
      const [conversationId = '', userId = '', ...rest] = subject.split('/');
      return isGroup(conversationId) && isUserId(userId) && rest.length === 0
        ? { kind, conversationId, userId }
        : undefined;
    }
    case 'friend':
    case 'peer':
    case 'block':
    case 'remark':
      return isUserId(subject) ? { kind, userId: subject } : undefined;
    case 'setting':
      return isSettingName(subject) ? { kind, name: subject } : undefined;
    default:
      return undefined;
  }
}

const isGroup = (id: ConversationId): boolean => parseConversationId(id)?.kind === ConversationKind.GROUP;

/** What decides between two changes of one key. */
export type RecordVersion = Pick<AccountRecord, 'changedAtMs' | 'value'>;

/** REC-2: whether `change` stays and `known` goes. Of two alike neither is the later one. */
export function isLaterVersion(change: RecordVersion, known: RecordVersion | undefined): boolean {
  if (known === undefined) return true;
  if (change.changedAtMs !== known.changedAtMs) return change.changedAtMs > known.changedAtMs;
  return compareBytes(change.value, known.value) > 0;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
