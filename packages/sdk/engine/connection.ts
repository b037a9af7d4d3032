import { type CloseAdvice, CloseCode, closeAdvice, codeName, HANDSHAKE_TIMEOUT_MS } from '@hongyan/protocol';
import type { ConnectionState } from '../types.ts';
import { reconnectPause } from './backoff.ts';
import type { HeartbeatLimits } from './heartbeat.ts';
import { CONNECT_TIMEOUT_MS, OFFLINE_PROBE_TIMEOUT_MS, SYNC_PAUSE_MAX_MS } from './limits.ts';
import { afterRoundTrip, afterTrouble, isWeak, type NetworkQuality, UNKNOWN_QUALITY } from './network-quality.ts';
import { Path } from './path.ts';
import type { EngineEffect, Moment, Outcome } from './types.ts';

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
  /** For a place at a gateway. */
  | { name: 'queued'; retryAtMs: number; place: number }
  | { name: 'stopped'; reason: string };

/** CON-9: states that have to lead to another one in time. */
const PASSING: readonly Link['name'][] = ['connecting', 'handshaking', 'syncing', 'authenticating'];

/** One of ours; the others are the transport's, and say nothing to a person. */
const isCloseCode = (code: number): boolean => Object.values<number>(CloseCode).includes(code);

export interface ConnectionLoss {
  code: number;
  reason: string;
  retryAfterMs: number;
}

/** Closed with these, the server there is not the one to come back to at once. */
const SENT_AWAY: readonly number[] = [CloseCode.OVERLOADED, CloseCode.GOING_AWAY];

export interface ConnectionHooks {
  effect: (effect: EngineEffect) => void;
  /** The connection that was open or being opened is over. */
  lost: (loss: ConnectionLoss) => void;
  /** Something has to be said, and again within this time. */
  ping: (nextWithinMs: number) => void;
}

/** CON-1, CON-2: when to connect, when to give a connection up, when to come back. */
export class Connection {
  readonly #hooks: ConnectionHooks;
  #link: Link = { name: 'signed-out' };
  #lastConnectionId = 0;
  /** Attempts since the last time the client was online. */
  #attempt = 0;
  #delayMs = 0;
  #last: Outcome = 'none';
  #networkOnline = true;
  #quality: NetworkQuality = UNKNOWN_QUALITY;
  #isWeak = false;
  readonly #path: Path;

  constructor(hooks: ConnectionHooks) {
    this.#hooks = hooks;
    this.#path = new Path({
      effect: hooks.effect,
      ping: (nextWithinMs) => hooks.ping(nextWithinMs),
    });
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
        return { status: 'online', quality: this.#isWeak ? 'weak' : 'good' };
      case 'waiting':
        return { status: 'offline', reason: link.reason, retryAtMs: link.retryAtMs, failures: this.#attempt };
      case 'queued':
        return { status: 'queued', place: link.place, retryAtMs: link.retryAtMs };
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
    this.#last = 'none';
    this.#connect();
  }

  signedOut(): void {
    this.#hangUp({ code: 0, reason: 'signed out', retryAfterMs: 0 });
    this.#enter({ name: 'signed-out' });
  }

  /** Whether Hello is to be said now. */
  opened(connectionId: number, at: Moment): boolean {
    if (this.#link.name !== 'connecting' || !this.isCurrent(connectionId)) return false;
    this.#enter({ name: 'handshaking', connectionId });
    this.#timer('handshake', HANDSHAKE_TIMEOUT_MS);
    this.#path.heard(at);
    return true;
  }

  welcomed(limits: HeartbeatLimits, at: Moment): void {
    if (this.#link.name !== 'handshaking') return;
    this.#enter({ name: 'syncing', connectionId: this.#link.connectionId });
    this.#timer('handshake', SYNC_PAUSE_MAX_MS);
    this.#path.begin(limits, at);
  }

  /** Whether the connection is live only from now on. */
  synced(): boolean {
    if (this.#link.name !== 'syncing') return false;
    this.#enter({ name: 'live', connectionId: this.#link.connectionId });
    this.#attempt = 0;
    this.#delayMs = 0;
    return true;
  }

  /** `pinged`: nothing but signs of life. */
  sent(what: 'pinged' | 'frames', at: Moment): void {
    this.#path.sent(at);
    if (what === 'frames') this.#path.disturbed();
  }

  heard(what: 'pong' | 'frame', at: Moment): void {
    this.#path.heard(at);
    if (what === 'pong') this.#path.ponged();
    else this.#path.disturbed();
  }

  /** The server asks for a sign of life at a random time within `ms`. */
  pingWithin(ms: number, at: Moment): void {
    if (this.#link.name === 'syncing' || this.#link.name === 'live') this.#path.pingWithin(ms, at);
  }

  /** A push came, so being brought up to date goes on. */
  advanced(): void {
    if (this.#link.name === 'syncing') this.#timer('handshake', SYNC_PAUSE_MAX_MS);
  }

  answered(roundTripMs: number): void {
    if (roundTripMs >= 0) this.#quality = afterRoundTrip(this.#quality, roundTripMs);
  }

  /** Something had to be sent again. */
  troubled(at: Moment): void {
    this.#quality = afterTrouble(this.#quality, at.nowMs);
  }

  /** CON-6: what `state` says of the network holds as of now. */
  assess(at: Moment): void {
    this.#isWeak = isWeak(this.#quality, at.nowMs);
  }

  /** CON-4: until when something has to be heard while a command waits that was sent at `sentAtMs`. */
  probing(sentAtMs: number, unansweredBytes: number): { probeDueMs: number; isProbing: boolean } {
    const { heardAtMs, isProbing } = this.#path;
    return { probeDueMs: Math.max(sentAtMs, heardAtMs) + this.#path.probeAfterMs(unansweredBytes), isProbing };
  }

  probe(at: Moment): void {
    if (this.#path.isProbing || (this.#link.name !== 'syncing' && this.#link.name !== 'live')) return;
    this.troubled(at);
    this.#path.probe(at);
  }

  /** CON-11: a place in the line is no failed attempt, and its time is the server's to say. */
  postponed(
    { connectionId, place, retryAfterMs }: { connectionId: number; place: number; retryAfterMs: number },
    at: Moment,
  ): void {
    if (this.#link.name !== 'connecting' || !this.isCurrent(connectionId)) return;
    this.#attempt -= 1;
    this.#last = 'none';
    const { pauseMs } = reconnectPause(this.#delayMs, { retryAfterMs, isPrompt: true }, at.random);
    this.#enter({ name: 'queued', retryAtMs: at.nowMs + pauseMs, place });
    this.#timer('reconnect', pauseMs);
  }

  /** The transport is gone, or the server said so: what the close code's range asks for. */
  lost(loss: ConnectionLoss, at: Moment): void {
    const { name } = this.#link;
    // A first comeback that is cut again is no reason to stay away; a server that cuts every one of them is.
    const isPrompt = name === 'live' || (name === 'syncing' && this.#attempt <= 1);
    if (name === 'live' || name === 'syncing') this.#path.lost(loss.code, at);
    this.#hangUp(loss);
    const reason = loss.reason || (isCloseCode(loss.code) ? codeName(CloseCode, loss.code) : 'the connection was lost');
    const advice: CloseAdvice = closeAdvice(loss.code);
    switch (advice) {
      case 'stop':
        this.#enter({ name: 'stopped', reason });
        return;
      case 'sign-in':
        this.#enter({ name: 'authenticating' });
        this.#timer('handshake', CONNECT_TIMEOUT_MS);
        this.#hooks.effect({ type: 'authenticate' });
        return;
      case 'reconnect':
      case 'wait':
        this.#last = SENT_AWAY.includes(loss.code) ? 'sent-away' : isPrompt ? 'lost' : 'failed';
        this.#wait(reason, loss.retryAfterMs, isPrompt && advice === 'reconnect', at);
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
    this.#path.changed();
    this.#quality = UNKNOWN_QUALITY;
    const link = this.#link;
    switch (link.name) {
      case 'waiting':
        if (online) this.#wait(link.reason, 0, true, at);
        else this.#enter({ name: 'waiting', retryAtMs: undefined, reason: link.reason });
        return;
      // What was begun on the network before may wait in vain until its time is up.
      case 'connecting':
      case 'handshaking':
        if (online) this.#beginAnew(at);
        return;
      case 'syncing':
      case 'live':
        if (online) this.#path.probe(at);
        else this.#path.probe(at, OFFLINE_PROBE_TIMEOUT_MS);
        return;
      // The shell's requests have their own deadlines, and end with their network.
      case 'authenticating':
      // The place is in the server's line, whatever network it was given over.
      case 'queued':
      case 'signed-out':
      case 'stopped':
    }
  }

  timerFired(name: 'reconnect' | 'handshake' | 'heartbeat' | 'silence', at: Moment): void {
    switch (name) {
      case 'reconnect':
        if (this.#link.name === 'waiting' || this.#link.name === 'queued') this.#connect();
        return;
      case 'handshake':
        if (this.#link.name === 'connecting') this.#timedOut('no connection in time', at);
        else if (this.#link.name === 'handshaking') this.#timedOut('no Welcome in time', at);
        else if (this.#link.name === 'syncing') this.#timedOut('not brought up to date in time', at);
        else if (this.#link.name === 'authenticating') this.#wait('no access token in time', 0, false, at);
        return;
      case 'heartbeat':
        if (this.#link.name === 'syncing' || this.#link.name === 'live') this.#path.heartbeatFired(at);
        return;
      case 'silence': {
        if (this.#link.name !== 'syncing' && this.#link.name !== 'live') return;
        const reason = this.#path.silenceFired(at);
        if (reason !== undefined) this.#timedOut(reason, at);
      }
    }
  }

  #timedOut(reason: string, at: Moment): void {
    this.lost({ code: 0, reason, retryAfterMs: 0 }, at);
  }

  /** CON-5. An attempt that was cut short is none that failed. */
  #beginAnew(at: Moment): void {
    const reason = 'the network changed';
    this.#hangUp({ code: 0, reason, retryAfterMs: 0 });
    this.#attempt -= 1;
    this.#wait(reason, 0, true, at);
  }

  #connect(): void {
    this.#lastConnectionId += 1;
    this.#attempt += 1;
    const connectionId = this.#lastConnectionId;
    this.#enter({ name: 'connecting', connectionId });
    this.#timer('handshake', CONNECT_TIMEOUT_MS);
    this.#hooks.effect({ type: 'connect', connectionId, last: this.#last });
    // An attempt that is cut short does not take the way back to what was lost; the others are told once.
    if (this.#last !== 'lost') this.#last = 'none';
  }

  #wait(reason: string, retryAfterMs: number, isPrompt: boolean, at: Moment): void {
    const { pauseMs, delayMs } = reconnectPause(this.#delayMs, { retryAfterMs, isPrompt }, at.random);
    this.#delayMs = delayMs;
    this.#enter({ name: 'waiting', retryAtMs: this.#networkOnline ? at.nowMs + pauseMs : undefined, reason });
    this.#timer('reconnect', pauseMs);
  }

  #hangUp(loss: ConnectionLoss): void {
    const connectionId = this.connectionId;
    if (connectionId === undefined) return;
    for (const name of ['heartbeat', 'silence', 'command'] as const) {
      this.#hooks.effect({ type: 'clearTimer', name });
    }
    this.#hooks.effect({ type: 'disconnect', connectionId, reason: loss.reason });
    this.#hooks.lost(loss);
  }

  #enter(link: Link): void {
    this.#link = link;
    if (link.name !== 'waiting' && link.name !== 'queued')
      this.#hooks.effect({ type: 'clearTimer', name: 'reconnect' });
    if (!PASSING.includes(link.name)) this.#hooks.effect({ type: 'clearTimer', name: 'handshake' });
  }

  #timer(name: 'reconnect' | 'handshake', delayMs: number): void {
    this.#hooks.effect({ type: 'setTimer', name, delayMs });
  }
}
