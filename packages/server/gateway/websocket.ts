import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CloseCode, MESSAGE_FRAMES_FACTOR, MESSAGE_FRAMES_MAX, splitFrames } from '@hongyan/protocol';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import type { Connection } from './connection.ts';
import { inputClose } from './input.ts';
import type { Session } from './session.ts';
import { TurnTaking } from './turn-taking.ts';

/** A peer that does not answer our close frame is cut off after this time. */
const CLOSE_TIMEOUT_MS = 2_000;

export interface WebSocketDoor {
  /** A session for a new connection; undefined when nobody is admitted now. */
  accept: (connection: Connection) => Session | undefined;
  frameBytesMax: number;
}

/** Serves sessions to WebSocket clients that ask `httpServer` for `path`. Other upgrades are refused with 404. */
export function attachWebSocket(httpServer: Server, path: string, door: WebSocketDoor): WebSocketServer {
  const options: ServerOptions & { closeTimeout: number } = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    skipUTF8Validation: true,
    maxPayload: door.frameBytesMax * MESSAGE_FRAMES_FACTOR,
    closeTimeout: CLOSE_TIMEOUT_MS,
  };
  const server = new WebSocketServer(options);
  httpServer.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Node takes its own listener off; without one, a reset connection would end the process.
    socket.on('error', () => socket.destroy());
    if (request.url?.split('?')[0] !== path) {
      socket.once('finish', () => socket.destroy());
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    server.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, door));
  });
  return server;
}

function serve(webSocket: WebSocket, door: WebSocketDoor): void {
  let session: Session | undefined;
  webSocket.on('error', () => session?.close(CloseCode.MALFORMED, 'not a WebSocket message'));
  session = door.accept(new WebSocketConnection(webSocket));
  if (session !== undefined) carry(webSocket, session, door);
}

function carry(webSocket: WebSocket, session: Session, door: WebSocketDoor): void {
  const turns = new TurnTaking(webSocket);
  webSocket.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) {
      session.close(CloseCode.MALFORMED, 'only binary messages carry frames');
      return;
    }
    try {
      turns.took(session.receive(splitFrames(data, door.frameBytesMax), MESSAGE_FRAMES_MAX));
    } catch (error) {
      const { code, reason } = inputClose(error);
      session.close(code, reason);
    }
  });
  webSocket.on('close', () => session.connectionLost());
}

class WebSocketConnection implements Connection {
  readonly #webSocket: WebSocket;

  constructor(webSocket: WebSocket) {
    this.#webSocket = webSocket;
  }

  get bufferedBytes(): number {
    return this.#webSocket.bufferedAmount;
  }

  write(frames: Uint8Array): void {
    if (this.#webSocket.readyState === this.#webSocket.OPEN) this.#webSocket.send(frames);
  }

  close(code: CloseCode, reason: string): void {
    this.#webSocket.close(code, reason);
  }
}
