/**
 * Carries small messages from a node of a cluster to the others, by subject: words with dots between them.
 *
 * What every adapter guarantees (the contract suite in `@hongyan/testkit` proves it of each):
 *
 * - **At most once.** A message reaches everybody in the other nodes who subscribes to its subject at that moment, or some of
 *   them, or nobody; never twice. A node does not get its own.
 * - **In order.** What one node sends to one subject arrives in that order, as far as it arrives.
 * - **Loss is mostly known.** While nothing goes wrong nothing is lost. When the connection to the broker was lost and made
 *   again, `onRestored` says so: what was sent or was to be received meanwhile is lost, and perhaps something before.
 * - **Never blocks.** While the broker is away, what is sent is dropped, not kept.
 */
export interface Broker {
  /** The largest message it carries; a larger one throws RangeError. */
  readonly bytesMax: number;
  publish(subject: string, payload: Uint8Array): void;
  /** Calls `receive` with every message, whose memory is the receiver's, until the returned function is called. */
  subscribe(subject: string, receive: (payload: Uint8Array) => void): () => void;
  /** For a subject that one node is expected to listen to: `unheard` is called when the broker says that nobody does. */
  address(subject: string, unheard: () => void): Address;
  /** Calls `listener` when messages may have been lost, until the returned function is called. */
  onRestored(listener: () => void): () => void;
  /** Sends what it was given, and ends. */
  close(): Promise<void>;
}

/** Where one node listens, for those who write to it. */
export interface Address {
  send(payload: Uint8Array): void;
  close(): void;
}

/** A broker that could not be reached or refuses to talk; `message` says why. */
export class BrokerOpenError extends Error {
  override readonly name = 'BrokerOpenError';
}
