import type { CloseCode } from '@hongyan/protocol';

/** One way to write to one client: what a transport has to offer a session. */
export interface Connection {
  /** Sends whole frames. Never throws; writing to a closed connection does nothing. */
  write(frames: Uint8Array): void;
  /** Bytes handed to `write` that the network has not taken yet. */
  readonly bufferedBytes: number;
  /** Sends what was written, then ends the connection. Idempotent. */
  close(code: CloseCode, reason: string): void;
}
