import { once } from 'node:events';
import { createConnection } from 'node:net';
import {
  type Closing,
  type Command,
  DEFAULT_LIMITS,
  decodeServerFrame,
  encodeCommand,
  FrameReader,
  joinFrames,
  PLAIN_PING,
  PROTOCOL_VERSION,
  type Push,
  type Reply,
} from '@hongyan/protocol';
import { WebSocket } from 'ws';
import { openPolling } from './polling.ts';

export type Transport = 'ws' | 'tcp' | 'poll';

export interface Target {
  port: number;
  tcpPort: number;
}

/** How a connection ended: what the server said last, and the close code where the transport has one. */
export interface Ending {
  closing: Closing | undefined;
  webSocketCode: number | undefined;
}

type Waiting = { wants: (frame: Reply | Push) => boolean; resolve: (frame: Reply | Push) => void };

/** A connection that sends whatever bytes it is given, and believes nothing. */
export class RawConnection {
  readonly ended: Promise<Ending>;
  readonly #write: (bytes: Uint8Array | string) => void;
  readonly #drop: () => void;
  readonly #reader = new FrameReader(DEFAULT_LIMITS.frameBytesMax);
  readonly #unread: (Reply | Push)[] = [];
  #waiting: (Waiting & { reject: (error: Error) => void }) | undefined;
  #closing: Closing | undefined;
  #settle: (ending: Ending) => void;

  private constructor(write: (bytes: Uint8Array | string) => void, drop: () => void) {
    this.#write = write;
    this.#drop = drop;
    const { promise, resolve } = Promise.withResolvers<Ending>();
    this.ended = promise;
    this.#settle = resolve;
  }

  static async open(target: Target, transport: Transport): Promise<RawConnection> {
    if (transport === 'tcp') {
      const socket = createConnection({ host: '127.0.0.1', port: target.tcpPort });
      const connection = new RawConnection(
        (bytes) => void socket.write(bytes),
        () => void socket.end(),
      );
      socket.on('data', (chunk: Buffer) => connection.#receive(chunk));
      socket.on('error', () => {});
      socket.on('close', () => connection.#end(undefined));
      await once(socket, 'connect');
      return connection;
    }
    if (transport === 'poll') {
      const polled = await openPolling(target.port);
      const connection = new RawConnection((bytes) => polled.write(Buffer.from(bytes)), polled.drop);
      void polled.receive((bytes) => connection.#receive(bytes)).then(() => connection.#end(undefined));
      return connection;
    }
    const webSocket = new WebSocket(`ws://127.0.0.1:${target.port}/v1/ws`, { perMessageDeflate: false });
    const connection = new RawConnection(
      (bytes) => webSocket.send(bytes),
      () => webSocket.close(),
    );
    webSocket.on('message', (data: Buffer) => connection.#receive(data));
    webSocket.on('error', () => {});
    webSocket.on('close', (code) => connection.#end(code));
    await once(webSocket, 'open');
    return connection;
  }

  /** Bytes as they are, in one message or request; a string is a text message on WebSocket. */
  send(bytes: Uint8Array | string): void {
    this.#write(bytes);
  }

  command(command: Command): void {
    this.#write(frameOf(command));
  }

  /** Says Hello and waits for Synced. */
  async signIn(accessToken: string): Promise<void> {
    this.command(helloWith(accessToken));
    await this.next((frame) => frame.body?.case === 'synced');
  }

  /** The first frame that is wanted; those before it are passed over. Rejects when the connection ends. */
  next(wants: (frame: Reply | Push) => boolean): Promise<Reply | Push> {
    for (let frame = this.#unread.shift(); frame !== undefined; frame = this.#unread.shift()) {
      if (wants(frame)) return Promise.resolve(frame);
    }
    return new Promise((resolve, reject) => {
      this.#waiting = { wants, resolve, reject };
    });
  }

  /** The answer to the command with this id. */
  async reply(id: number): Promise<NonNullable<Reply['body']>> {
    const frame = await this.next((candidate) => 'id' in candidate && candidate.id === id);
    if (!('id' in frame) || frame.body === undefined) throw new Error('a reply without a body');
    return frame.body;
  }

  /** Ends this side. */
  end(): void {
    this.#drop();
  }

  #receive(chunk: Buffer): void {
    for (const bytes of this.#reader.push(Uint8Array.from(chunk))) {
      const { frame } = decodeServerFrame(bytes);
      if (frame === undefined) throw new Error('the server sent a frame with nothing in it');
      if (frame.case === 'push' && frame.value.body?.case === 'closing') this.#closing = frame.value.body.value;
      else this.#deliver(frame.value);
    }
  }

  #deliver(frame: Reply | Push): void {
    const waiting = this.#waiting;
    if (waiting === undefined) this.#unread.push(frame);
    else if (waiting.wants(frame)) {
      this.#waiting = undefined;
      waiting.resolve(frame);
    }
  }

  #end(webSocketCode: number | undefined): void {
    this.#settle({ closing: this.#closing, webSocketCode });
    this.#waiting?.reject(
      new Error(`the connection ended: ${this.#closing?.reason ?? webSocketCode ?? 'without a word'}`),
    );
  }
}

export const frameOf = (command: Command): Uint8Array => joinFrames([encodeCommand(command)]);

export const helloWith = (accessToken: string): Command => ({
  id: 1,
  body: {
    case: 'hello',
    value: {
      protocolVersion: PROTOCOL_VERSION,
      features: [],
      accessToken,
      client: 'wire',
      holdings: undefined,
      resume: undefined,
    },
  },
});

/** What a session that goes on answers with Pong. */
export const PING_ID = 0xffff_fff0;
export const ping: Command = { id: PING_ID, body: { case: 'ping', value: PLAIN_PING } };
