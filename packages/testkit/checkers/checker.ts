import type { ConversationId, Cursor, DeviceId, Entry, UserId } from '@hongyan/protocol';
import type { EngineQueries } from '@hongyan/sdk/engine/types';
import type { Observation } from '../observation.ts';

export type PromiseId = 'P1' | 'P2' | 'P3' | 'P4' | 'P5' | 'LIVENESS' | 'DETERMINISM';

export interface Violation {
  promise: PromiseId;
  message: string;
  /** Virtual milliseconds since the run began. */
  atMs: number;
}

/** The conversations as the store has them, read past all faults. */
export type Logs = ReadonlyMap<ConversationId, readonly Entry[]>;

/** A device as it is now: what its store holds and what its engine says. */
export interface DeviceView {
  deviceId: DeviceId;
  userId: UserId;
  /** Entries in the device's store, ascending. */
  held(conversationId: ConversationId): readonly Entry[];
  engine: EngineQueries;
}

/** A run at rest. */
export interface Settled {
  logs: Logs;
  /** As the store has them. */
  cursors: ReadonlyMap<ConversationId, readonly Cursor[]>;
  devices: readonly DeviceView[];
}

export type Complain = (message: string) => void;

/** Watches over one promise. */
export interface Checker {
  readonly promise: PromiseId;
  /** Sees everything at once as it happens. */
  observe?(observation: Observation, complain: Complain): void;
  /** Sees the logs after every crash of the server, and at the end. */
  audit?(logs: Logs, complain: Complain): void;
  /** What is not yet as it must become when faults have stopped; empty when all is well. */
  outstanding?(settled: Settled): string[];
}

/** Who is behind a device. */
export type OwnerOf = (deviceId: DeviceId) => UserId;
