import type { Limits } from './gen/hongyan.ts';

export const PROTOCOL_VERSION = 1;

/** What this implementation accepts; the server tells its client in Welcome. */
export const DEFAULT_LIMITS: Limits = {
  frameBytesMax: 1_048_576,
  bodyBytesMax: 65_536,
  clientMessageIdBytesMax: 64,
  positionsMax: 10_000,
  pageEntriesMax: 200,
  commandsInFlightMax: 256,
  unreadCountMax: 999,
  heartbeatIntervalMs: 25_000,
  heartbeatIntervalMaxMs: 270_000,
  recordKeyBytesMax: 128,
  recordValueBytesMax: 16_384,
  editWithinMs: 24 * 3_600_000,
  recallWithinMs: 600_000,
  watchedUsersMax: 200,
  watchedConversationsMax: 8,
};

/** A WebSocket message has at most this many times `frameBytesMax` bytes (FRM-2). */
export const MESSAGE_FRAMES_FACTOR = 2;
/** A WebSocket message has at most this many frames: a cursor for each conversation that a device may state, or so. */
export const MESSAGE_FRAMES_MAX = 10_000;
/** How long a silent connection is kept: two missed heartbeats and a little. */
export const SILENCE_FACTOR = 2.4;
/** How long a new connection may take to say Hello. */
export const HANDSHAKE_TIMEOUT_MS = 10_000;
