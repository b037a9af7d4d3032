import { type Command, decodeServerFrame, encodeCommand, joinFrames, type ServerFrame } from '@hongyan/protocol';

/** What a connection tells. After `onClose` nothing more comes. */
export interface TransportHandlers {
  onOpen(): void;
  /** In the order sent; decoded bytes are views onto the receive buffer. */
  onFrames(frames: ServerFrame[]): void;
  /** `code` is 0 when the transport has none. */
  onClose(code: number, reason: string): void;
}

export interface TransportConnection {
  /** Sends commands in as few writes as a message may be large. Does nothing when the connection is not open. */
  send(commands: readonly Command[]): void;
  /** Ends the connection; no handler is called any more. Idempotent. */
  close(): void;
}

/** Opens a connection to the server it was made for. Never throws: what goes wrong is told by `onClose`. */
export type Transport = (handlers: TransportHandlers) => TransportConnection;

/** What a client takes in one frame: a page of entries of the greatest size. */
export const SERVER_FRAME_BYTES_MAX = 16 * 1024 * 1024;

/** What one write has at most, unless a single command is larger; servers take more (FRM-2). */
const WRITE_BYTES_MAX = 512 * 1024;

/** The commands as whole frames, in as few writes as WRITE_BYTES_MAX allows. */
export function encodeCommands(commands: readonly Command[]): Uint8Array<ArrayBuffer>[] {
  const writes: Uint8Array[][] = [];
  let bytes = WRITE_BYTES_MAX;
  for (const frame of commands.map(encodeCommand)) {
    if (bytes + frame.length > WRITE_BYTES_MAX) {
      writes.push([]);
      bytes = 0;
    }
    writes.at(-1)?.push(frame);
    bytes += frame.length;
  }
  return writes.map(joinFrames);
}

export const decodeFrames = (frames: Iterable<Uint8Array>) => Array.from(frames, decodeServerFrame);
