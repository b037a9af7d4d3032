import { createServer, type Server, type Socket } from 'node:net';
import { type CloseCode, FrameReader } from '@hongyan/protocol';
import type { Connection } from './connection.ts';
import { inputClose } from './input.ts';
import type { Session } from './session.ts';
import { TurnTaking } from './turn-taking.ts';

/** A peer that does not end its side after our last bytes is cut off after this time. */
const CLOSE_TIMEOUT_MS = 2_000;

export interface TcpDoor {
  accept: (connection: Connection) => Session | undefined;
  frameBytesMax: number;
}

/** Serves sessions over plain TCP, the frames behind one another in each direction. */
export function createTcpServer(door: TcpDoor): Server {
  return createServer({ noDelay: true, keepAlive: false }, (socket) => serve(socket, door));
}

function serve(socket: Socket, door: TcpDoor): void {
  const connection = new TcpConnection(socket);
  socket.on('error', () => socket.destroy());
  const session = door.accept(connection);
  if (session === undefined) return;
  const reader = new FrameReader(door.frameBytesMax);
  const turns = new TurnTaking(socket);
  socket.on('data', (chunk: Buffer) => {
    if (session.closed) return;
    try {
      turns.took(session.receive(reader.push(chunk)));
    } catch (error) {
      const { code, reason } = inputClose(error);
      session.close(code, reason);
    }
  });
  socket.on('close', () => session.connectionLost());
}

class TcpConnection implements Connection {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  get bufferedBytes(): number {
    return this.#socket.writableLength;
  }

  write(frames: Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(frames);
  }

  close(_code: CloseCode, _reason: string): void {
    this.#socket.end();
    setTimeout(() => this.#socket.destroy(), CLOSE_TIMEOUT_MS).unref();
  }
}
