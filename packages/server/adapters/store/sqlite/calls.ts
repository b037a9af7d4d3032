import type {
  Appended,
  AppendRequest,
  ChangeQuery,
  CursorBatch,
  DevicePosition,
  DeviceRecord,
  EntryQuery,
  FindQuery,
  MemberHead,
  MemberQuery,
  OthersQuery,
  PlacedRecord,
  ProfileChange,
  RecordChange,
  RecordQuery,
  RefreshState,
  SearchScope,
  StoredMember,
  UserRecord,
} from '@hongyan/core/ports';
import type { ConversationId, DeviceId, UserEvent, UserId } from '@hongyan/protocol';
import type { PackedRows } from './rows.ts';

/** What the writer thread does, each with what it is asked and what it answers. */
export interface WriteCalls {
  append: { request: AppendRequest; answer: Appended };
  index: { request: number; answer: number };
  expire: { request: { nowMs: number; limit: number }; answer: number };
  advance: { request: CursorBatch; answer: { userId: UserId; event: UserEvent }[] };
  createUser: { request: UserRecord; answer: undefined };
  updateProfile: { request: { userId: UserId; change: ProfileChange }; answer: UserRecord | undefined };
  createDevice: { request: DeviceRecord; answer: UserEvent };
  rotateRefresh: { request: { deviceId: DeviceId; expected: RefreshState; next: RefreshState }; answer: boolean };
  deleteDevice: { request: DeviceId; answer: undefined };
  setRecord: { request: RecordChange; answer: UserEvent | undefined };
  keepSecret: { request: { name: string; proposed: Uint8Array }; answer: Uint8Array };
}

/** What the reader thread does. */
export interface ReadCalls {
  entries: { request: EntryQuery; answer: PackedRows };
  sent: { request: { senderId: UserId; clientMessageId: string }; answer: Appended | undefined };
  changes: { request: ChangeQuery; answer: PackedRows };
  head: { request: ConversationId; answer: PackedRows };
  heads: { request: { userId: UserId; limit: number }; answer: PackedRows };
  members: { request: MemberQuery; answer: StoredMember[] };
  member: { request: { conversationId: ConversationId; userId: UserId }; answer: MemberHead | undefined };
  countOthers: { request: OthersQuery; answer: number };
  find: { request: FindQuery; answer: PackedRun[] };
  scopes: { request: { userId: UserId; limit: number }; answer: SearchScope[] };
  countMentions: { request: Omit<OthersQuery, 'scanMax'>; answer: number };
  devicePositions: { request: ConversationId; answer: DevicePosition[] };
  userEvents: { request: { userId: UserId; afterSeq: number; limit: number }; answer: UserEvent[] };
  userLastSeq: { request: UserId; answer: number };
  recordsSince: { request: RecordQuery; answer: PlacedRecord[] };
  usersById: { request: readonly UserId[]; answer: UserRecord[] };
  userByHandle: { request: string; answer: UserRecord | undefined };
  findUsers: { request: { text: string; limit: number }; answer: UserRecord[] };
  deviceById: { request: DeviceId; answer: DeviceRecord | undefined };
  devicesOf: { request: UserId; answer: DeviceRecord[] };
}

/** A FoundRun whose hits are packed. */
export interface PackedRun {
  conversationId: ConversationId;
  hits: PackedRows;
  beforeSeq: number;
}

export type CallMap<Calls> = { [Op in keyof Calls]: { request: unknown; answer: unknown } };

export type Call<Calls extends CallMap<Calls>, Op extends keyof Calls = keyof Calls> = {
  [K in Op]: { op: K; request: Calls[K]['request'] };
}[Op];

export type Handlers<Calls extends CallMap<Calls>> = {
  [Op in keyof Calls]: (request: Calls[Op]['request']) => Calls[Op]['answer'];
};

export function dispatch<Calls extends CallMap<Calls>, Op extends keyof Calls>(
  handlers: Handlers<Calls>,
  call: { op: Op; request: Calls[Op]['request'] },
): Calls[Op]['answer'] {
  return handlers[call.op](call.request);
}

/** How a call ended, in a form that crosses threads. */
export type Outcome = { ok: true; value: unknown } | { ok: false; kind: 'rejected' | 'unavailable'; reason: string };
