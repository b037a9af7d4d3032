import type {
  ApiKeyRecord,
  Appended,
  AppendRequest,
  AppUser,
  AppUserChange,
  ChangeQuery,
  CursorBatch,
  DeviceEnd,
  DevicePosition,
  DeviceRecord,
  EndedDevice,
  EntryQuery,
  FindQuery,
  LastSeen,
  MemberHead,
  MemberQuery,
  Mirror,
  OthersQuery,
  OwnedRecord,
  PlacedRecord,
  ProfileChange,
  RecordChange,
  RecordQuery,
  RefreshState,
  SearchScope,
  Sighting,
  StoredMember,
  UserRecord,
} from '@hongyan/core/ports';
import type { ConversationId, DeviceId, Facts, RecordVersion, UserEvent, UserId } from '@hongyan/protocol';
import type { PackedRows } from './rows.ts';

/** What the writer thread does, each with what it is asked and what it answers. */
export interface WriteCalls {
  append: { request: AppendRequest; answer: Appended };
  index: { request: number; answer: number };
  expire: { request: { nowMs: number; limit: number }; answer: number };
  advance: { request: CursorBatch; answer: { userId: UserId; event: UserEvent }[] };
  createUser: { request: UserRecord; answer: undefined };
  updateProfile: { request: { userId: UserId; change: ProfileChange }; answer: UserRecord | undefined };
  setPassword: { request: { userId: UserId; expectedHash: string; passwordHash: string }; answer: boolean };
  createDevice: { request: DeviceRecord; answer: UserEvent };
  rotateRefresh: { request: { deviceId: DeviceId; expected: RefreshState; next: RefreshState }; answer: boolean };
  setRecord: {
    request: { change: RecordChange; mirrors: readonly Mirror[] };
    answer: { userId: UserId; event: UserEvent }[];
  };
  renameDevice: { request: { deviceId: DeviceId; name: string; timeMs: number }; answer: UserEvent | undefined };
  seeDevices: { request: readonly Sighting[]; answer: undefined };
  deleteDevice: { request: { deviceId: DeviceId; end: DeviceEnd; timeMs: number }; answer: UserEvent | undefined };
  createApiKey: { request: ApiKeyRecord; answer: undefined };
  deleteApiKey: { request: string; answer: boolean };
  seeApiKeys: { request: readonly Sighting[]; answer: undefined };
  putAppUser: { request: AppUserChange; answer: AppUser & { isNew: boolean } };
  keepSecret: { request: { name: string; proposed: Uint8Array }; answer: Uint8Array };
}

/** What the reader thread does. */
export interface ReadCalls {
  entries: { request: EntryQuery; answer: PackedRows };
  sent: { request: { senderId: UserId; clientMessageId: string }; answer: Appended | undefined };
  changes: { request: ChangeQuery; answer: PackedRows };
  head: { request: ConversationId; answer: PackedRows };
  heads: { request: { userId: UserId; limit: number }; answer: PackedRows };
  headFor: { request: { conversationId: ConversationId; userId: UserId }; answer: PackedRows };
  facts: { request: ConversationId; answer: Facts | undefined };
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
  recordValues: { request: { userId: UserId; keys: readonly string[] }; answer: (RecordVersion | undefined)[] };
  recordsUnder: { request: { keys: readonly string[]; userIds: readonly UserId[] }; answer: OwnedRecord[] };
  lastSeen: { request: readonly UserId[]; answer: LastSeen[] };
  usersById: { request: readonly UserId[]; answer: UserRecord[] };
  userByHandle: { request: string; answer: UserRecord | undefined };
  findUsers: { request: { text: string; limit: number }; answer: UserRecord[] };
  deviceById: { request: DeviceId; answer: DeviceRecord | undefined };
  devicesOf: { request: UserId; answer: DeviceRecord[] };
  endedDevice: { request: DeviceId; answer: EndedDevice | undefined };
  apiKeyByHash: { request: string; answer: ApiKeyRecord | undefined };
  apiKeys: { request: undefined; answer: ApiKeyRecord[] };
  appUser: { request: string; answer: AppUser | undefined };
  appUsers: { request: { after: string; limit: number }; answer: AppUser[] };
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
