import {
  type ConversationId,
  DEFAULT_LIMITS,
  Feature,
  type Push,
  type RecordKey,
  type Reply,
  type ServerFrame,
  type UserId,
} from '@hongyan/protocol';
import type {
  ConnectionState,
  Contact,
  Conversation,
  JoinRequest,
  MessageState,
  Presence,
  Typist,
  Unread,
} from '../types.ts';
import { CommandWatch } from './command-watch.ts';
import { Commands, type Unanswered } from './commands.ts';
import { Connection } from './connection.ts';
import { Persisting } from './persisting.ts';
import { Replica } from './replica.ts';
import { Requests } from './requests.ts';
import { Retries } from './retries.ts';
import { Session } from './session.ts';
import type { Signals } from './signals.ts';
import { SteadyClock } from './steady-clock.ts';
import type {
  EngineEffect,
  EngineEvent,
  EngineNotice,
  EngineOptions,
  EnginePort,
  HeldPosition,
  MessageName,
  Moment,
  OutboxRecord,
  TimerName,
} from './types.ts';
import { NOTHING_UNREAD } from './unread-total.ts';
import { takeUse } from './use.ts';
import type { View } from './window.ts';

/** The same array while there are none. */
const NONE: readonly never[] = [];

/** The client's decisions: takes what happened, gives what has to be done. See types.ts for both. */
export class Engine implements EnginePort {
  readonly #options: EngineOptions;
  readonly #connection: Connection;
  readonly #commands = new Commands();
  readonly #retries = new Retries();
  readonly #session = new Session(this.#commands);
  readonly #persisting = new Persisting((effect) => this.#effects.push(effect));
  readonly #watch: CommandWatch;
  readonly #signals: Signals | undefined;
  #signedIn: { replica: Replica; requests: Requests } | undefined;
  #effects: EngineEffect[] = [];
  #shownConnection = '';
  /** Unique over sign-ins, so that a late answer settles nothing of the next account. */
  #lastBatchId = 0;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#connection = new Connection({
      effect: (effect) => this.#effects.push(effect),
      lost: ({ code }) => {
        const unanswered = this.#commands.clear();
        if (unanswered.some(({ kind }) => kind === 'send')) this.#connection.troubled(this.#moment);
        if (!this.#signedIn) return;
        const { replica, requests } = this.#signedIn;
        this.#session.lost(replica, code, unanswered);
        this.#signals?.connectionLost();
        requests.connectionLost(unanswered, this.#moment);
        replica.connectionLost();
      },
      ping: (nextWithinMs) => this.#ping(nextWithinMs),
    });
    this.#watch = new CommandWatch(this.#commands, this.#connection, (effect) => this.#effects.push(effect));
    this.#signals = options.signals?.({
      deviceKind: options.deviceKind ?? 'other',
      commands: this.#commands,
      retries: this.#retries,
      effect: (effect) => this.#effects.push(effect),
    });
  }

  readonly #clock = new SteadyClock();
  /** Set while an event is handled. */
  #moment: Moment = { nowMs: 0, random: 0 };

  handle(event: EngineEvent, { nowMs, random }: Moment): EngineEffect[] {
    const at = { nowMs: this.#clock.at(nowMs), random };
    this.#moment = at;
    if (this.#signedIn) this.#signedIn.replica.nowMs = this.#serverTimeMs(at);
    this.#take(event, at);
    this.#issue(at);
    this.#signedIn?.replica.flush();
    this.#connection.assess(at);
    this.#showConnection();
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  connection(): ConnectionState {
    const state = this.#connection.state();
    if (!('retryAtMs' in state) || state.retryAtMs === undefined) return state;
    return { ...state, retryAtMs: this.#clock.shown(state.retryAtMs) };
  }

  conversations(): readonly Conversation[] {
    return this.#signedIn?.replica.conversations() ?? NONE;
  }

  unread(): Unread {
    return this.#signedIn?.replica.unread() ?? NOTHING_UNREAD;
  }

  timeline(conversationId: ConversationId, windowId?: string): View | undefined {
    return this.#signedIn?.replica.timeline({ conversationId, windowId });
  }

  messageState(message: MessageName): MessageState | undefined {
    return this.#signedIn?.replica.messageState(message);
  }

  record(key: RecordKey): Uint8Array | undefined {
    return this.#signedIn?.replica.records.value(key);
  }

  contacts(): readonly Contact[] {
    return this.#signedIn?.replica.contacts() ?? NONE;
  }

  contact(userId: UserId): Contact | undefined {
    return this.#signedIn?.replica.contact(userId);
  }

  joinRequests(): readonly JoinRequest[] {
    return this.#signedIn?.replica.records.joinRequests.list() ?? NONE;
  }

  presence(userId: UserId): Presence | undefined {
    return this.#signals?.presence(userId);
  }

  typists(conversationId: ConversationId): readonly Typist[] {
    return this.#signals?.typists(conversationId) ?? NONE;
  }

  outbox(): readonly (OutboxRecord & { state: MessageState })[] {
    return this.#signedIn?.replica.outbox.shown() ?? [];
  }

  position(conversationId: ConversationId): HeldPosition | undefined {
    const log = this.#signedIn?.replica.sync.log(conversationId);
    if (!log) return undefined;
    const { fromSeq, toSeq, durableToSeq, firstSeq, lastSeq, readSeq, cursors } = log;
    return { fromSeq, toSeq, durableToSeq, firstSeq, lastSeq, readSeq, factsSeq: log.facts.seq, cursors };
  }

  #take(event: EngineEvent, at: Moment): void {
    switch (event.type) {
      case 'signedIn': {
        this.#signOut();
        const replica = new Replica(event.account, event.snapshot, {
          effect: (effect) => this.#effects.push(effect),
          newBatchId: () => ++this.#lastBatchId,
          nowMs: this.#serverTimeMs(at),
        });
        this.#signedIn = {
          replica,
          requests: new Requests(replica, this.#commands, this.#retries, (notice) => this.#emit(notice)),
        };
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
      case 'transportPostponed':
        this.#connection.postponed(event, at);
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
        this.#emit({ type: 'sessionEnded', end: event.end });
        return;
      case 'timerFired':
        this.#timerFired(event.name, at);
        return;
      case 'networkChanged':
        this.#connection.networkChanged(event.online, at);
        return;
      case 'persisted':
        this.#persisting.succeeded();
        this.#signedIn?.replica.persisted(event.batchId);
        return;
      case 'persistFailed':
        if (this.#signedIn) this.#persisting.failed(this.#signedIn.replica.journal, event, at);
        return;
      case 'screenChanged':
      case 'deviceIdle':
      case 'typed':
        this.#signals?.take(event, this.#connection.isLive, at);
        return;
      default: {
        if (!this.#signedIn) return;
        const { replica, requests } = this.#signedIn;
        if (event.type === 'messageComposed') this.#signals?.composed(event.conversationId);
        if (event.type === 'messageRetried') requests.messageRetried(event.clientMessageId);
        if (event.type === 'asked') requests.asked(event, this.#connection.isLive);
        else takeUse(replica, event, { nowMs: this.#serverTimeMs(at), online: this.#connection.isLive });
      }
    }
  }

  /** CON-7: the server's clock as far as it is known, else what the device's shows. */
  #serverTimeMs({ nowMs }: Moment): number {
    const { clock } = this.#session;
    return clock.errorMs(nowMs) === undefined ? this.#clock.shown(nowMs) : clock.at(nowMs);
  }

  #timerFired(name: TimerName, at: Moment): void {
    switch (name) {
      case 'reconnect':
      case 'handshake':
      case 'heartbeat':
      case 'silence':
        this.#connection.timerFired(name, at);
        return;
      case 'command':
        this.#watch.look(at);
        return;
      case 'persist':
        this.#persisting.again(this.#signedIn?.replica.journal);
        return;
      case 'typing':
        this.#signals?.expire(at);
        return;
      case 'expiry':
        this.#signedIn?.replica.expire();
        return;
      case 'resend':
        return;
    }
  }

  #receive({ frame }: ServerFrame, at: Moment): void {
    switch (frame?.case) {
      case 'reply': {
        const answered = this.#commands.answered(frame.value.id);
        const isPong = answered?.purpose.kind === 'ping' || answered?.purpose.kind === 'compare';
        this.#connection.heard(isPong ? 'pong' : 'frame', at);
        if (answered) this.#answered(answered, frame.value, at);
        return;
      }
      case 'push':
        this.#connection.heard('frame', at);
        this.#connection.advanced();
        if (isCounted(frame.value.body)) this.#session.counted(at);
        if (frame.value.body) this.#pushed(frame.value.body, at);
        return;
      case undefined:
        return;
    }
  }

  #pushed(body: NonNullable<Push['body']>, at: Moment): void {
    if (!this.#signedIn) return;
    const { replica, requests } = this.#signedIn;
    switch (body.case) {
      case 'closing':
        this.#connection.lost(body.value, at);
        return;
      case 'positionsWanted':
        this.#session.pushed(replica, body, at);
        return;
      case 'comparisonWanted':
        this.#session.pushed(replica, body, at);
        this.#connection.pingWithin(body.value.withinMs, at);
        return;
      case 'synced':
        this.#session.pushed(replica, body, at);
        if (this.#connection.synced() && this.#session.isResuming) requests.resumed();
        return;
      case 'presenceChanged':
      case 'typingChanged':
        this.#signals?.pushed(body, at);
        return;
      case 'entry':
        this.#signals?.pushed(body, at);
        replica.pushed(body);
        return;
      default:
        replica.pushed(body);
    }
  }

  #answered(answered: Unanswered, { body }: Reply, at: Moment): void {
    if (!body || !this.#signedIn) return;
    const { replica, requests } = this.#signedIn;
    const { purpose } = answered;
    this.#session.timed(answered, body, at);
    switch (purpose.kind) {
      case 'hello':
        this.#connection.answered(at.nowMs - answered.sentAtMs);
        if (body.case === 'welcome') {
          const limits = body.value.limits ?? DEFAULT_LIMITS;
          replica.welcomed(limits);
          // What was due by the device's clock alone may be due at another moment.
          replica.nowMs = this.#serverTimeMs(at);
          replica.expire();
          this.#session.welcomed(replica, body.value);
          this.#signals?.welcomed(body.value);
          this.#connection.welcomed(limits, at);
        } else this.#connection.lost({ code: 0, reason: 'Hello was not answered by Welcome', retryAfterMs: 0 }, at);
        return;
      case 'ping':
      case 'compare':
      case 'statePositions':
      case 'synchronise': {
        if (body.case === 'pong') this.#connection.answered(at.nowMs - answered.sentAtMs);
        const reason = this.#session.answered(replica, purpose, body, at);
        if (reason !== undefined) this.#connection.lost({ code: 0, reason, retryAfterMs: 0 }, at);
        return;
      }
      case 'watch':
      case 'stateDevice':
        this.#signals?.answered(purpose, body, at);
        return;
      default:
        if (purpose.kind === 'send') this.#connection.answered(at.nowMs - answered.sentAtMs);
        requests.answered(purpose, body, at);
    }
  }

  #sayHello(accessToken: string, at: Moment): void {
    const replica = this.#signedIn?.replica;
    if (!replica) return;
    const features = [Feature.RECEIPTS, ...(this.#signals ? [Feature.PRESENCE] : [])];
    this.#session.hello(replica, { features, accessToken, client: this.#options.clientName }, at);
  }

  #ping(nextWithinMs: number): boolean {
    const replica = this.#signedIn?.replica;
    if (replica === undefined) return false;
    return this.#session.ping(replica, { nextWithinMs, isLive: this.#connection.isLive }, this.#moment);
  }

  /** Hands over what was to be sent, in one write, and watches over the answers. */
  #issue(at: Moment): void {
    if (this.#connection.isLive && this.#signedIn) {
      this.#signedIn.requests.issue(at, this.#serverTimeMs(at));
      this.#signals?.issue(this.#signedIn.replica.limits, at);
    }
    const nextMs = this.#retries.nextMs(at.nowMs);
    if (nextMs !== undefined) this.#effects.push({ type: 'setTimer', name: 'resend', delayMs: nextMs - at.nowMs });
    const { connectionId } = this.#connection;
    const commands = this.#commands.takeOutgoing();
    if (connectionId === undefined || commands.length === 0) return;
    this.#effects.push({ type: 'send', connectionId, commands });
    const areSigns = commands.every(({ body }) => body?.case === 'ping');
    this.#connection.sent(areSigns ? 'pinged' : 'frames', at);
    this.#watch.look(at);
  }

  #signOut(): void {
    this.#connection.signedOut();
    this.#session.signedOut();
    this.#signals?.signedOut();
    this.#signedIn = undefined;
    this.#retries.clear();
    for (const name of ['resend', 'persist', 'expiry'] as const) this.#effects.push({ type: 'clearTimer', name });
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

/** SES-11: which pushes both sides count. */
const isCounted = (body: Push['body']): boolean =>
  body?.case !== 'closing' && body?.case !== 'presenceChanged' && body?.case !== 'typingChanged';
