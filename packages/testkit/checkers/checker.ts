import type { StoredMember } from '@hongyan/core';
import type { AccountRecord, ConversationId, Cursor, DeviceId, Entry, UserId } from '@hongyan/protocol';
import type { EngineQueries } from '@hongyan/sdk/engine/types';
import type { MessageState } from '@hongyan/sdk/types';
import type { Observation } from '../observation.ts';
import type { DeviceStore } from '../system/device-store.ts';

export type PromiseId = 'P1' | 'P2' | 'P3' | 'P4' | 'P5' | 'P6' | 'P7' | 'P8' | 'P9' | 'LIVENESS' | 'DETERMINISM';

export interface Violation {
  promise: PromiseId;
  message: string;
  /** Virtual milliseconds since the run began. */
  atMs: number;
}

/** The conversations as the store has them, read past all faults. */
export type Logs = ReadonlyMap<ConversationId, readonly Entry[]>;

/** The members' cursors as the store has them. */
export type Cursors = ReadonlyMap<ConversationId, readonly Cursor[]>;

/** A device as it is now: what its store holds and what its engine says. */
export interface DeviceView {
  deviceId: DeviceId;
  userId: UserId;
  /** Entries in the device's store, ascending. */
  held(conversationId: ConversationId): readonly Entry[];
  /** The store itself, with what it has and does not claim; absent where it is not looked into. */
  store?: DeviceStore;
  /** Its clock was right all the time. */
  hasTrueClock?: boolean;
  engine: EngineView;
}

/** What a person can see of a device. */
export interface EngineView extends Pick<EngineQueries, 'connection' | 'conversations' | 'timeline' | 'messageState'> {
  /** Absent where records are not looked at. */
  record?: EngineQueries['record'];
  /** Absent where a device has its store for itself: it knows all that is held there. */
  position?: EngineQueries['position'];
  outbox(): readonly { clientMessageId: string; state: MessageState }[];
}

/** A run at rest. */
export interface Settled {
  logs: Logs;
  cursors: Cursors;
  /** As the store has them; absent where they are not looked at. */
  records?: ReadonlyMap<UserId, readonly AccountRecord[]>;
  devices: readonly DeviceView[];
  /** Who was in each group when it began; absent where there are none. */
  founders?: ReadonlyMap<ConversationId, readonly UserId[]>;
  /** Of groups, as the store has them; absent where there are none. */
  members?: ReadonlyMap<ConversationId, readonly StoredMember[]>;
  /** The true time, and how far two nodes may be from each other about it; absent where nothing depends on it. */
  nowMs?: number;
  clockErrorMs?: number;
}

export type Complain = (message: string) => void;

/** Watches over one promise. */
export interface Checker {
  readonly promise: PromiseId;
  /** Sees everything at once as it happens. */
  observe?(observation: Observation, complain: Complain): void;
  /** Sees the logs after every crash of the server, and at the end. */
  audit?(logs: Logs, complain: Complain, cursors: Cursors): void;
  /** What is not yet as it must become when faults have stopped; empty when all is well. */
  outstanding?(settled: Settled): string[];
  /** The same of what takes its time also when nothing goes wrong. */
  restless?(settled: Settled): string[];
}

/** Who is behind a device. */
export type OwnerOf = (deviceId: DeviceId) => UserId;
