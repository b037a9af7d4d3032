import {
  type ConversationId,
  DEFAULT_LIMITS,
  Feature,
  PROTOCOL_VERSION,
  type Push,
  type Reply,
  type ServerFrame,
} from '@hongyan/protocol';
import type { ConnectionState, Conversation, Message, MessageState } from '../types.ts';
import { growingDelayMs } from './backoff.ts';
import { Commands } from './commands.ts';
import { Connection } from './connection.ts';
import { COMMAND_TIMEOUT_MS } from './limits.ts';
import { Replica } from './replica.ts';
import { Requests } from './requests.ts';
import { Retries } from './retries.ts';
import type {
  EngineEffect,
  EngineEvent,
  EngineNotice,
  EngineOptions,
  EnginePort,
  MessageName,
  Moment,
  OutboxRecord,
  TimerName,
} from './types.ts';
import { takeUse } from './use.ts';

const NO_CONVERSATIONS: readonly Conversation[] = [];

/** The client's decisions: takes what happened, gives what has to be done. See types.ts for both. */
export class Engine implements EnginePort {
  readonly #options: EngineOptions;
  readonly #connection: Connection;
  readonly #commands = new Commands();
  readonly #retries = new Retries();
  #signedIn: { replica: Replica; requests: Requests } | undefined;
  #effects: EngineEffect[] = [];
  #shownConnection = '';
  #persistDelayMs = 0;
  /** Unique over sign-ins, so that a late answer settles nothing of the next account. */
  #lastBatchId = 0;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#connection = new Connection({
      effect: (effect) => this.#effects.push(effect),
      lost: () => {
        this.#commands.clear();
        this.#signedIn?.requests.connectionLost();
        this.#signedIn?.replica.connectionLost();
      },
      ping: () => this.#pingAt(this.#moment),
    });
  }

  /** Set while an event is handled. */
  #moment: Moment = { nowMs: 0, random: 0 };

  handle(event: EngineEvent, at: Moment): EngineEffect[] {
    this.#moment = at;
    this.#take(event, at);
    this.#issue(at);
    this.#signedIn?.replica.flush();
    this.#showConnection();
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  connection(): ConnectionState {
    return this.#connection.state();
  }

  conversations(): readonly Conversation[] {
    return this.#signedIn?.replica.conversations() ?? NO_CONVERSATIONS;
  }

  timeline(conversationId: ConversationId): { messages: readonly Message[]; hasOlder: boolean } | undefined {
    return this.#signedIn?.replica.timeline(conversationId);
  }

  messageState(message: MessageName): MessageState | undefined {
    return this.#signedIn?.replica.messageState(message);
  }

  outbox(): readonly (OutboxRecord & { state: MessageState })[] {
    return this.#signedIn?.replica.outbox.shown() ?? [];
  }

  position(conversationId: ConversationId): { fromSeq: number; toSeq: number; durableToSeq: number } | undefined {
    const log = this.#signedIn?.replica.sync.log(conversationId);
    return log && { fromSeq: log.fromSeq, toSeq: log.toSeq, durableToSeq: log.durableToSeq };
  }

  #take(event: EngineEvent, at: Moment): void {
    switch (event.type) {
      case 'signedIn': {
        this.#signOut();
        const replica = new Replica(event.account, event.snapshot, {
          effect: (effect) => this.#effects.push(effect),
          newBatchId: () => ++this.#lastBatchId,
        });
        this.#signedIn = { replica, requests: new Requests(replica, this.#commands, this.#retries) };
        this.#connection.signedIn();
        return;
      }
      case 'signedOut':
        this.#signOut();
        return;
      case 'transportOpened':
        if (this.#connection.opened(event.connectionId, at)) this.#sayHello(event.accessToken, at);
        return;
      case 'framesReceived':
        for (const frame of event.frames) {
          if (this.#connection.isCurrent(event.connectionId)) this.#receive(frame, at);
        }
        return;
      case 'transportClosed':
        if (this.#connection.isCurrent(event.connectionId)) this.#connection.lost(event, at);
        return;
      case 'credentialsRefreshed':
        this.#connection.authenticated(true, at);
        return;
      case 'credentialsUnavailable':
        this.#connection.authenticated(false, at);
        return;
      case 'credentialsRefused':
        if (!this.#signedIn) return;
        this.#signOut();
        this.#emit({ type: 'sessionEnded' });
        return;
      case 'timerFired':
        this.#timerFired(event.name, at);
        return;
      case 'networkChanged':
        this.#connection.networkChanged(event.online, at);
        return;
      case 'persisted':
        this.#persistDelayMs = 0;
        this.#signedIn?.replica.persisted(event.batchId);
        return;
      case 'persistFailed':
        if (this.#signedIn) this.#persistFailed(this.#signedIn.replica, event, at);
        return;
      default:
        if (this.#signedIn)
          takeUse(this.#signedIn.replica, event, { nowMs: at.nowMs, online: this.#connection.isLive });
    }
  }

  #persistFailed(replica: Replica, { batchId, reason }: { batchId: number; reason: string }, at: Moment): void {
    if (replica.journal.writing?.batchId !== batchId) return;
    this.#persistDelayMs = growingDelayMs(this.#persistDelayMs, at.random);
    this.#effects.push({ type: 'setTimer', name: 'persist', delayMs: this.#persistDelayMs });
    this.#emit({ type: 'error', code: 'store', reason });
  }

  #timerFired(name: TimerName, at: Moment): void {
    switch (name) {
      case 'reconnect':
      case 'handshake':
      case 'heartbeat':
      case 'silence':
        this.#connection.timerFired(name, at);
        return;
      case 'command': {
        const oldestMs = this.#commands.oldestSentAtMs;
        if (oldestMs === undefined) return;
        const leftMs = oldestMs + COMMAND_TIMEOUT_MS - at.nowMs;
        if (leftMs > 0) this.#effects.push({ type: 'setTimer', name, delayMs: leftMs });
        else this.#connection.lost({ code: 0, reason: 'a command was not answered', retryAfterMs: 0 }, at);
        return;
      }
      case 'persist': {
        const writing = this.#signedIn?.replica.journal.writing;
        if (writing) this.#effects.push({ type: 'persist', ...writing });
        return;
      }
      case 'resend':
        return;
    }
  }

  #receive({ frame }: ServerFrame, at: Moment): void {
    this.#connection.heard(at);
    switch (frame?.case) {
      case 'reply':
        this.#answered(frame.value, at);
        return;
      case 'push':
        if (frame.value.body) this.#pushed(frame.value.body, at);
        return;
      case undefined:
        return;
    }
  }

  #pushed(body: NonNullable<Push['body']>, at: Moment): void {
    if (body.case === 'closing') {
      this.#connection.lost(body.value, at);
      return;
    }
    this.#signedIn?.replica.pushed(body);
    if (body.case === 'synced') this.#connection.synced();
  }

  #answered({ id, body }: Reply, at: Moment): void {
    const purpose = this.#commands.answered(id);
    if (!purpose || !body || !this.#signedIn) return;
    switch (purpose.kind) {
      case 'ping':
        return;
      case 'hello':
        if (body.case === 'welcome') {
          const limits = body.value.limits ?? DEFAULT_LIMITS;
          this.#signedIn.replica.welcomed(limits);
          this.#connection.welcomed(limits.heartbeatIntervalMs, at);
        } else this.#connection.lost({ code: 0, reason: 'Hello was not answered by Welcome', retryAfterMs: 0 }, at);
        return;
      default:
        this.#signedIn.requests.answered(purpose, body, at);
    }
  }

  #sayHello(accessToken: string, at: Moment): void {
    const replica = this.#signedIn?.replica;
    if (!replica) return;
    const value = {
      protocolVersion: PROTOCOL_VERSION,
      features: [Feature.RECEIPTS],
      accessToken,
      client: this.#options.clientName,
      holdings: {
        userSeq: replica.userLog.state(),
        positions: replica.sync.positions(replica.limits.positionsMax),
        digestBits: 0,
        digests: new Uint8Array(0),
      },
      resume: undefined,
    };
    this.#commands.ask({ case: 'hello', value }, { kind: 'hello' }, at.nowMs);
  }

  #pingAt(at: Moment): void {
    this.#commands.ask(
      { case: 'ping', value: { nextWithinMs: 0, compare: false, userSeq: 0, digest: 0 } },
      { kind: 'ping' },
      at.nowMs,
    );
  }

  /** Hands over what was to be sent, in one write, and watches over the answers. */
  #issue(at: Moment): void {
    if (this.#connection.isLive) this.#signedIn?.requests.issue(at);
    const nextMs = this.#retries.nextMs(at.nowMs);
    if (nextMs !== undefined) this.#effects.push({ type: 'setTimer', name: 'resend', delayMs: nextMs - at.nowMs });
    const { connectionId } = this.#connection;
    const commands = this.#commands.takeOutgoing();
    if (connectionId === undefined || commands.length === 0) return;
    this.#effects.push({ type: 'send', connectionId, commands });
    this.#connection.sent(at);
    if (this.#commands.unansweredCount === 0) return;
    const leftMs = (this.#commands.oldestSentAtMs ?? at.nowMs) + COMMAND_TIMEOUT_MS - at.nowMs;
    this.#effects.push({ type: 'setTimer', name: 'command', delayMs: Math.max(0, leftMs) });
  }

  #signOut(): void {
    this.#connection.signedOut();
    this.#signedIn = undefined;
    this.#retries.clear();
    for (const name of ['resend', 'persist'] as const) this.#effects.push({ type: 'clearTimer', name });
  }

  #showConnection(): void {
    const state = this.#connection.state();
    const shown = JSON.stringify(state);
    if (shown === this.#shownConnection) return;
    this.#shownConnection = shown;
    this.#emit({ type: 'connection', state });
  }

  #emit(notice: EngineNotice): void {
    this.#effects.push({ type: 'emit', notice });
  }
}
