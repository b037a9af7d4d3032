import {
  type CloseAdvice,
  CloseCode,
  closeAdvice,
  codeName,
  HANDSHAKE_TIMEOUT_MS,
  SILENCE_FACTOR,
} from '@hongyan/protocol';
import type { ConnectionState } from '../types.ts';
import { advisedDelayMs, growingDelayMs, promptDelayMs } from './backoff.ts';
import { CONNECT_TIMEOUT_MS, PROBE_TIMEOUT_MS } from './limits.ts';
import type { EngineEffect, Moment } from './types.ts';

type Link =
  | { name: 'signed-out' }
  /** The shell gets a token and opens a transport. */
  | { name: 'connecting'; connectionId: number }
  /** Hello was sent. */
  | { name: 'handshaking'; connectionId: number }
  /** Welcome came; the differences are being pushed. */
  | { name: 'syncing'; connectionId: number }
  | { name: 'live'; connectionId: number }
  /** The server did not take the token; the shell gets another one. */
  | { name: 'authenticating' }
  | { name: 'waiting'; retryAtMs: number | undefined; reason: string }
  | { name: 'stopped'; reason: string };

export interface ConnectionLoss {
  code: number;
  reason: string;
  retryAfterMs: number;
}

export interface ConnectionHooks {
  effect: (effect: EngineEffect) => void;
  /** The connection that was open or being opened is over. */
  lost: () => void;
  /** Nothing was sent for an interval, or the network changed: something has to be said. */
  ping: () => void;
}

/** CON-1, CON-2, SES-7: when to connect, when to give a connection up, when to come back. */
export class Connection {
  readonly #hooks: ConnectionHooks;
  #link: Link = { name: 'signed-out' };
  #lastConnectionId = 0;
  /** Attempts since the last time the client was online. */
  #attempt = 0;
  #delayMs = 0;
  #networkOnline = true;
  #heartbeatIntervalMs = 0;
  #sentAtMs = 0;
  #heardAtMs = 0;

  constructor(hooks: ConnectionHooks) {
    this.#hooks = hooks;
  }

  get isLive(): boolean {
    return this.#link.name === 'live';
  }

  state(): ConnectionState {
    const link = this.#link;
    switch (link.name) {
      case 'signed-out':
        return { status: 'signed-out' };
      case 'connecting':
      case 'handshaking':
      case 'authenticating':
        return { status: 'connecting', attempt: this.#attempt };
      case 'syncing':
        return { status: 'syncing' };
      case 'live':
        return { status: 'online' };
      case 'waiting':
        return { status: 'offline', reason: link.reason, retryAtMs: link.retryAtMs };
      case 'stopped':
        return { status: 'stopped', reason: link.reason };
    }
  }

  /** The connection that frames may be sent on. */
  get connectionId(): number | undefined {
    return 'connectionId' in this.#link ? this.#link.connectionId : undefined;
  }

  isCurrent(connectionId: number): boolean {
    return this.connectionId === connectionId;
  }

  signedIn(): void {
    this.#attempt = 0;
    this.#delayMs = 0;
    this.#connect();
  }

  signedOut(): void {
    this.#hangUp('signed out');
    this.#enter({ name: 'signed-out' });
  }

  /** Whether Hello is to be said now. */
  opened(connectionId: number, at: Moment): boolean {
    if (this.#link.name !== 'connecting' || !this.isCurrent(connectionId)) return false;
    this.#enter({ name: 'handshaking', connectionId });
    this.#timer('handshake', HANDSHAKE_TIMEOUT_MS);
    this.#heardAtMs = at.nowMs;
    return true;
  }

  welcomed(heartbeatIntervalMs: number, at: Moment): void {
    if (this.#link.name !== 'handshaking') return;
    this.#enter({ name: 'syncing', connectionId: this.#link.connectionId });
    this.#heartbeatIntervalMs = Math.max(1_000, heartbeatIntervalMs);
    this.#sentAtMs = at.nowMs;
    this.#hooks.effect({ type: 'clearTimer', name: 'handshake' });
    this.#timer('heartbeat', this.#heartbeatIntervalMs);
    this.#timer('silence', this.#silenceMs);
  }

  synced(): void {
    if (this.#link.name !== 'syncing') return;
    this.#enter({ name: 'live', connectionId: this.#link.connectionId });
    this.#attempt = 0;
    this.#delayMs = 0;
  }

  sent(at: Moment): void {
    this.#sentAtMs = at.nowMs;
  }

  heard(at: Moment): void {
    this.#heardAtMs = at.nowMs;
  }

  /** The transport is gone, or the server said so: what the close code's range asks for. */
  lost(loss: ConnectionLoss, at: Moment): void {
    const wasLive = this.#link.name === 'live';
    this.#hangUp(loss.reason);
    const reason = loss.reason || codeName(CloseCode, loss.code);
    const advice: CloseAdvice = closeAdvice(loss.code);
    switch (advice) {
      case 'stop':
        this.#enter({ name: 'stopped', reason });
        return;
      case 'sign-in':
        this.#enter({ name: 'authenticating' });
        this.#hooks.effect({ type: 'authenticate' });
        return;
      case 'reconnect':
      case 'wait':
        this.#wait(reason, loss.retryAfterMs, wasLive && advice === 'reconnect', at);
    }
  }

  /** The answer to `authenticate`. However it comes, attempts keep their growing distance. */
  authenticated(available: boolean, at: Moment): void {
    if (this.#link.name !== 'authenticating') return;
    if (available && this.#attempt <= 1) this.#connect();
    else this.#wait(available ? 'the server refuses a fresh access token' : 'no access token to be had', 0, false, at);
  }

  networkChanged(online: boolean, at: Moment): void {
    this.#networkOnline = online;
    const link = this.#link;
    if (link.name === 'waiting') {
      if (online) this.#wait(link.reason, 0, true, at);
      else this.#enter({ name: 'waiting', retryAtMs: undefined, reason: link.reason });
    } else if (link.name === 'live') {
      this.#heardAtMs = Math.min(this.#heardAtMs, at.nowMs - this.#silenceMs + PROBE_TIMEOUT_MS);
      this.#timer('silence', PROBE_TIMEOUT_MS);
      this.#hooks.ping();
    }
  }

  timerFired(name: 'reconnect' | 'handshake' | 'heartbeat' | 'silence', at: Moment): void {
    switch (name) {
      case 'reconnect':
        if (this.#link.name === 'waiting') this.#connect();
        return;
      case 'handshake':
        if (this.#link.name === 'connecting') this.#timedOut('no connection in time', at);
        else if (this.#link.name === 'handshaking') this.#timedOut('no Welcome in time', at);
        return;
      case 'heartbeat': {
        if (this.#link.name !== 'syncing' && this.#link.name !== 'live') return;
        const leftMs = this.#sentAtMs + this.#heartbeatIntervalMs - at.nowMs;
        if (leftMs <= 0) this.#hooks.ping();
        this.#timer('heartbeat', leftMs > 0 ? leftMs : this.#heartbeatIntervalMs);
        return;
      }
      case 'silence': {
        if (this.#link.name !== 'syncing' && this.#link.name !== 'live') return;
        const leftMs = this.#heardAtMs + this.#silenceMs - at.nowMs;
        if (leftMs <= 0) this.#timedOut('nothing was heard for too long', at);
        else this.#timer('silence', leftMs);
      }
    }
  }

  #timedOut(reason: string, at: Moment): void {
    this.lost({ code: 0, reason, retryAfterMs: 0 }, at);
  }

  #connect(): void {
    this.#lastConnectionId += 1;
    this.#attempt += 1;
    const connectionId = this.#lastConnectionId;
    this.#enter({ name: 'connecting', connectionId });
    this.#timer('handshake', CONNECT_TIMEOUT_MS);
    this.#hooks.effect({ type: 'connect', connectionId });
  }

  #wait(reason: string, retryAfterMs: number, prompt: boolean, at: Moment): void {
    if (!prompt) this.#delayMs = growingDelayMs(this.#delayMs, at.random);
    const delayMs = advisedDelayMs(retryAfterMs, prompt ? promptDelayMs(at.random) : this.#delayMs);
    this.#enter({ name: 'waiting', retryAtMs: this.#networkOnline ? at.nowMs + delayMs : undefined, reason });
    this.#timer('reconnect', delayMs);
  }

  #hangUp(reason: string): void {
    const connectionId = this.connectionId;
    if (connectionId === undefined) return;
    for (const name of ['handshake', 'heartbeat', 'silence', 'command'] as const) {
      this.#hooks.effect({ type: 'clearTimer', name });
    }
    this.#hooks.effect({ type: 'disconnect', connectionId, reason });
    this.#hooks.lost();
  }

  #enter(link: Link): void {
    this.#link = link;
    if (link.name !== 'waiting') this.#hooks.effect({ type: 'clearTimer', name: 'reconnect' });
  }

  #timer(name: 'reconnect' | 'handshake' | 'heartbeat' | 'silence', delayMs: number): void {
    this.#hooks.effect({ type: 'setTimer', name, delayMs });
  }

  get #silenceMs(): number {
    return this.#heartbeatIntervalMs * SILENCE_FACTOR;
  }
}
