import type {
  ApiKeyRecord,
  DevicePosition,
  DeviceRecord,
  EndedDevice,
  StoredMember,
  UserRecord,
} from '@hongyan/core/ports';
import type {
  AccountRecord,
  ConversationId,
  Cursor,
  DeviceId,
  Entry,
  Facts,
  UserEvent,
  UserId,
} from '@hongyan/protocol';

export interface MemoryConversation {
  /** Those who were members too. */
  readonly members: Map<UserId, StoredMember>;
  readonly entries: Entry[];
  facts: Facts | undefined;
  /** Since when the lifetime of a message counts that counts from reading. */
  readonly readAtMs: Map<number, number>;
}

/** What a database would hold; it outlives the store that works on it, as a disk outlives a process. */
export interface MemoryState {
  readonly conversations: Map<ConversationId, MemoryConversation>;
  readonly memberships: Map<UserId, ConversationId[]>;
  /** The first entry of each client message id, by sender. */
  readonly sends: Map<UserId, Map<string, Entry>>;
  readonly cursors: Map<ConversationId, Map<UserId, Cursor>>;
  readonly positions: Map<ConversationId, Map<DeviceId, DevicePosition>>;
  readonly userEvents: Map<UserId, UserEvent[]>;
  /** By account and key, with the place of the last change in the user log. */
  readonly records: Map<UserId, Map<string, { seq: number; record: AccountRecord }>>;
  readonly users: Map<UserId, UserRecord>;
  /** In the order in which they were added. */
  readonly seenMs: Map<UserId, number>;
  readonly devices: Map<DeviceId, DeviceRecord>;
  /** With the event that tells of it, in the order in which they ended. */
  readonly endedDevices: Map<DeviceId, { ended: EndedDevice; event: UserEvent }>;
  readonly apiKeys: Map<string, ApiKeyRecord>;
  /** By external id. */
  readonly appUsers: Map<string, UserId>;
  readonly secrets: Map<string, Uint8Array>;
}

export function createMemoryState(): MemoryState {
  return {
    conversations: new Map(),
    memberships: new Map(),
    sends: new Map(),
    cursors: new Map(),
    positions: new Map(),
    userEvents: new Map(),
    records: new Map(),
    users: new Map(),
    seenMs: new Map(),
    devices: new Map(),
    endedDevices: new Map(),
    apiKeys: new Map(),
    appUsers: new Map(),
    secrets: new Map(),
  };
}

/** The value of a key, made and kept when it is not there yet. */
export function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const existing = map.get(key);
  if (existing !== undefined) return existing;
  const made = make();
  map.set(key, made);
  return made;
}

/** Adds an event to the end of an account's user log. */
export function addUserEvent(state: MemoryState, userId: UserId, timeMs: number, event: UserEvent['event']): UserEvent {
  const log = getOrAdd(state.userEvents, userId, () => []);
  const added: UserEvent = { seq: log.length + 1, timeMs, event };
  log.push(added);
  return added;
}
