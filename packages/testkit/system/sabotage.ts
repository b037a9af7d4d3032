import type { Authenticator, Broker, Bus, Store } from '@hongyan/core';
import type { ServerFrame } from '@hongyan/protocol';
import type { EnginePort } from '@hongyan/sdk/engine/types';
import type { RunningLogic } from '@hongyan/server/logic';

/** Puts a bug between the real parts, so that a test can show that the checkers see it. */
export interface Sabotage {
  /** The durable store itself. */
  disk?(store: Store): Store;
  /** What a process sees of the store; made anew for each of its lives. */
  store?(store: Store): Store;
  bus?(bus: Bus): Bus;
  /** A node's end of the broker; made anew for each of its lives. */
  broker?(broker: Broker): Broker;
  /** What a node in a cluster carries out for gateways; made anew for each of its lives. */
  logic?(logic: RunningLogic): RunningLogic;
  authenticator?(authenticator: Authenticator): Authenticator;
  /** Made for each connection: what the server says on it. */
  frames?(): (frames: readonly ServerFrame[]) => readonly ServerFrame[];
  /** Told for every life of a device's program. */
  engine?(engine: EnginePort): EnginePort;
}
