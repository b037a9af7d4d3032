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
  /** Sends commands in one write. Does nothing when the connection is not open. */
  send(commands: readonly Command[]): void;
  /** Ends the connection; no handler is called any more. Idempotent. */
  close(): void;
}

/** Opens a connection to the server it was made for. Never throws: what goes wrong is told by `onClose`. */
export type Transport = (handlers: TransportHandlers) => TransportConnection;

/** What a client takes in one frame: a page of entries of the greatest size. */
export const SERVER_FRAME_BYTES_MAX = 16 * 1024 * 1024;

export const encodeCommands = (commands: readonly Command[]) => joinFrames(commands.map(encodeCommand));
export const decodeFrames = (frames: readonly Uint8Array[]) => frames.map(decodeServerFrame);
