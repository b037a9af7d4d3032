import type { Authenticator, Bus, Store } from '@hongyan/core';
import type { ServerFrame } from '@hongyan/protocol';
import type { EnginePort } from '@hongyan/sdk/engine/types';

/** Puts a bug between the real parts, so that a test can show that the checkers see it. */
export interface Sabotage {
  /** The durable store itself. */
  disk?(store: Store): Store;
  /** What a process sees of the store; made anew for each of its lives. */
  store?(store: Store): Store;
  bus?(bus: Bus): Bus;
  authenticator?(authenticator: Authenticator): Authenticator;
  /** Made for each connection: what the server says on it. */
  frames?(): (frames: readonly ServerFrame[]) => readonly ServerFrame[];
  /** Told for every life of a device's program. */
  engine?(engine: EnginePort): EnginePort;
}
