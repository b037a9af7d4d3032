import type { Server as HttpServer } from 'node:http';
import type { Server as TcpServer } from 'node:net';
import type { Authenticator, Bus, Clock, Logger, Random } from '@hongyan/core';
import {
  CloseCode,
  DEFAULT_LIMITS,
  type DeviceId,
  HANDSHAKE_TIMEOUT_MS,
  ID_LENGTH,
  idFromBytes,
  type Limits,
  SILENCE_FACTOR,
  type UserId,
} from '@hongyan/protocol';
import type { WebSocketServer } from 'ws';
import type { Logic } from '../logic/index.ts';
import type { Connection } from './connection.ts';
import { Session, type SessionParts } from './session.ts';
import { createTcpServer } from './tcp.ts';
import { attachWebSocket } from './websocket.ts';
import { WriteBatcher } from './write-batcher.ts';

/** How often silent and unfinished connections are looked for. */
const SWEEP_INTERVAL_MS = 2_000;

export interface GatewayParts {
  logic: Logic;
  bus: Bus;
  authenticator: Authenticator;
  clock: Clock;
  random: Random;
  logger: Logger;
  limits?: Limits;
  /** Connections this node holds at most; more are told OVERLOADED. */
  connectionsMax?: number;
  /** Runs a task once the present turn's work is done; in Node, setImmediate. */
  defer: (task: () => void) => void;
}

/** Holds connections and gives each a session; knows no storage. */
export class Gateway {
  readonly #sessions = new Set<Session>();
  readonly #parts: GatewayParts;
  readonly #sessionParts: SessionParts;
  readonly #limits: Limits;
  #tcpServer: TcpServer | undefined;
  #webSocketServer: WebSocketServer | undefined;
  #cancelSweep: () => void;
  #draining: (() => void) | undefined;

  constructor(parts: GatewayParts) {
    this.#parts = parts;
    this.#limits = parts.limits ?? DEFAULT_LIMITS;
    this.#sessionParts = {
      ...parts,
      limits: this.#limits,
      batcher: new WriteBatcher(parts.defer),
      newSessionId: () => idFromBytes('n', parts.random.bytes(ID_LENGTH)),
      onEnd: (session) => this.#forget(session),
    };
    this.#cancelSweep = parts.clock.schedule(SWEEP_INTERVAL_MS, () => this.#sweep());
  }

  get connectionCount(): number {
    return this.#sessions.size;
  }

  /** A session for a connection of any transport; undefined (and the connection closed) when nobody is admitted now. */
  accept(connection: Connection): Session | undefined {
    const session = new Session(this.#sessionParts, connection);
    this.#sessions.add(session);
    if (this.#draining !== undefined) session.close(CloseCode.GOING_AWAY, 'the server is stopping');
    else if (this.#sessions.size > (this.#parts.connectionsMax ?? Number.POSITIVE_INFINITY)) {
      session.close(CloseCode.OVERLOADED, 'this node is full', 10_000);
    } else return session;
    return undefined;
  }

  attachWebSocket(httpServer: HttpServer, path: string): void {
    this.#webSocketServer = attachWebSocket(httpServer, path, this.#door());
  }

  /** Listens for plain TCP; port 0 takes a free one. */
  async listenTcp({ host, port }: { host: string; port: number }): Promise<{ port: number }> {
    const server = createTcpServer(this.#door());
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, backlog: 4_096 }, () => resolve());
    });
    this.#tcpServer = server;
    const address = server.address();
    return { port: typeof address === 'object' && address !== null ? address.port : port };
  }

  /** Ends the sessions of a device that was signed out. */
  revoke(userId: UserId, deviceId: DeviceId): void {
    for (const session of this.#sessions) {
      const identity = session.identity;
      if (identity?.userId === userId && identity.deviceId === deviceId) {
        session.close(CloseCode.SESSION_REVOKED, 'this device was signed out');
      }
    }
  }

  /** Takes no more connections, lets accepted commands finish, closes everything; what is left at the deadline is cut. */
  async drain(deadlineMs: number): Promise<void> {
    this.#cancelSweep();
    this.#tcpServer?.close();
    const drained = new Promise<void>((resolve) => {
      this.#draining = resolve;
    });
    for (const session of this.#sessions) session.drain();
    if (this.#sessions.size > 0) {
      const cancel = this.#parts.clock.schedule(deadlineMs, () => this.#cutAll());
      await drained;
      cancel();
    }
    this.#webSocketServer?.close();
  }

  #door() {
    return { accept: (connection: Connection) => this.accept(connection), frameBytesMax: this.#limits.frameBytesMax };
  }

  #cutAll(): void {
    for (const session of this.#sessions) session.close(CloseCode.GOING_AWAY, 'the server is stopping');
  }

  #forget(session: Session): void {
    this.#sessions.delete(session);
    if (this.#sessions.size === 0) this.#draining?.();
  }

  #sweep(): void {
    const now = this.#parts.clock.now();
    const silentSince = now - this.#limits.heartbeatIntervalMs * SILENCE_FACTOR;
    for (const session of this.#sessions) {
      if (session.awaitsHello) {
        if (session.openedMs < now - HANDSHAKE_TIMEOUT_MS) {
          session.close(CloseCode.HANDSHAKE_TIMEOUT, 'Hello did not come', 1_000);
        }
      } else if (session.heardMs < silentSince) {
        session.close(CloseCode.HEARTBEAT_TIMEOUT, 'nothing was heard for too long');
      }
    }
    this.#cancelSweep = this.#parts.clock.schedule(SWEEP_INTERVAL_MS, () => this.#sweep());
  }
}
