import type { Clock } from '@hongyan/core';
import {
  type DevicePresence,
  ErrorCode,
  isUserId,
  type Limits,
  ProtocolError,
  type Typing,
  TypingKind,
  type UserId,
  type Watch,
} from '@hongyan/protocol';
import type { PresenceNews, PresenceQuestion, SightChanged } from '@hongyan/protocol/cluster';
import type { Logic } from '../../logic/index.ts';
import type { LoadShedding } from '../load-shedding.ts';
import type { SessionStream } from '../session-stream.ts';
import type { PresenceChannel, PresenceListener } from './channel.ts';
import { HeldPeople, LINGER_MS } from './held-people.ts';
import { LeftAccounts } from './left-accounts.ts';
import { NewsOutbox } from './news-outbox.ts';
import { Questions } from './questions.ts';
import { TypingBoard } from './typing-board.ts';
import { Watched } from './watched.ts';
import { Watches } from './watches.ts';

/** A node that came back may have missed something; several come back together. */
const ASK_ALL_DELAY_MS = 1_000;
/** Accounts in one question. */
const ASKED_MAX = 1_000;
/** Of all watched accounts this part is asked for again at each review, every two seconds: all within two minutes (PRS-7). */
const ROUND_REVIEWS = 60;

export interface PresenceParts {
  logic: Logic;
  clock: Clock;
  load: LoadShedding;
  limits: Limits;
  /** To other gateways; undefined: there is none. */
  channel: PresenceChannel | undefined;
  /** The account's sessions here. */
  sessionsOf: (userId: UserId) => readonly SessionStream[];
}

/** Who is there, and who types, for the sessions of this node that want to know. Kept nowhere; asked anew when in doubt. */
export class Presence implements PresenceListener {
  readonly #parts: PresenceParts;
  readonly #held: HeldPeople;
  readonly #left: LeftAccounts;
  readonly #watched: Watched;
  readonly #typing: TypingBoard;
  readonly #watches: Watches;
  readonly #news: NewsOutbox | undefined;
  readonly #questions: Questions | undefined;
  #gatewayIds = new Set<string>();
  #isAskingAll = false;
  #isClosed = false;

  constructor(parts: PresenceParts) {
    this.#parts = parts;
    const { logic, clock, channel, sessionsOf } = parts;
    const isShed = () => parts.load.doesWithout('signal');
    this.#left = new LeftAccounts({ clock, logic });
    this.#held = new HeldPeople({
      clock,
      sessionsOf,
      changed: (userId) => this.#changed(userId),
      gone: (userId, seenMs) => this.#left.add(userId, seenMs),
    });
    this.#watched = new Watched({ clock, devicesHere: (userId) => this.#held.devicesOf(userId) });
    const tell = (typing: PresenceNews['typing']) => channel?.tell({ accounts: [], typing });
    this.#typing = new TypingBoard({ clock, isShed, tell });
    const ask = async (userIds: readonly UserId[]) => this.#questions?.ask(userIds);
    this.#watches = new Watches({
      logic,
      clock,
      watched: this.#watched,
      typing: this.#typing,
      ask,
      isShed,
      isWanted: (wanted) => channel?.listen(wanted),
    });
    if (channel === undefined) return;
    this.#questions = new Questions(channel, clock);
    this.#news = new NewsOutbox({ clock, channel, devicesOf: (userId) => this.#held.devicesOf(userId), isShed });
    channel.join(this);
    this.gatewaysChanged();
  }

  /** The session has a connection, and what an earlier one watched is over. */
  arrived(stream: SessionStream): void {
    this.#watches.end(stream);
    this.#held.arrived(stream);
  }

  /** The session has none any more. */
  left(stream: SessionStream): void {
    if (this.#isClosed) return;
    this.#watches.end(stream);
    this.#held.left(stream);
  }

  stateDevice(stream: SessionStream, device: DevicePresence): void {
    stream.device = device;
    this.#changed(stream.caller.userId);
  }

  /** Rejects with ProtocolError, or as logic does. */
  async watch(stream: SessionStream, stated: Watch): Promise<void> {
    const { watchedUsersMax, watchedConversationsMax } = this.#parts.limits;
    if (stated.userIds.length > watchedUsersMax) {
      throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, `more than ${watchedUsersMax} accounts`);
    }
    if (stated.conversationIds.length > watchedConversationsMax) {
      throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, `more than ${watchedConversationsMax} conversations`);
    }
    if (!stated.userIds.every(isUserId))
      throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'user_ids has one that is none');
    await this.#watches.state(stream, stated);
  }

  /** Carries a hint, if it comes neither too soon nor from somebody invisible. Throws ProtocolError. */
  typing(stream: SessionStream, { conversationId, kind }: Typing): void {
    if (!TYPING_KINDS.includes(kind)) throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'kind is not one');
    const watch = this.#watches.get(stream);
    const conversation = watch?.conversation(conversationId);
    if (watch === undefined || conversation === undefined) {
      throw new ProtocolError(ErrorCode.FORBIDDEN, 'not a conversation that this session watches');
    }
    if (watch.isInvisible || !conversation.pace.take(kind, this.#parts.clock.now())) return;
    this.#typing.typedHere(conversationId, { userId: stream.caller.userId, kind });
  }

  /** To be called every two seconds. */
  review(): void {
    if (this.#parts.load.doesWithout('signal')) return;
    this.#watched.review();
    this.#watches.renew();
    if (this.#questions === undefined || this.#watched.size === 0) return;
    void this.#questions.ask(this.#watched.nextInTurn(Math.ceil(this.#watched.size / ROUND_REVIEWS)));
  }

  /** What may be seen has changed. */
  sightChanged(changed: SightChanged): void {
    const account = this.#watched.get(changed.userId);
    if (account !== undefined) {
      account.seen(changed.records, 0, this.#parts.clock.now());
      this.#watched.appearanceKnown(account);
    }
    this.#watches.sightChanged(changed);
  }

  news(news: PresenceNews): void {
    const { gatewayId, number, accounts, typing } = news;
    if (!this.#gatewayIds.has(gatewayId)) return;
    const nowMs = this.#parts.clock.now();
    for (const { userId, devices } of accounts)
      this.#watched.get(userId)?.heldAt(gatewayId, { number, devices }, nowMs);
    for (const userId of this.#questions?.answered(news) ?? []) {
      this.#watched.get(userId)?.heldAt(gatewayId, { number, devices: [] }, nowMs);
    }
    for (const typed of typing) this.#typing.typedElsewhere(typed);
    this.#questions?.settle(news);
  }

  question(question: PresenceQuestion): void {
    if (this.#isClosed || this.#parts.load.sheds('signal')) return;
    const accounts = question.userIds.flatMap((userId) => {
      const devices = this.#held.devicesOf(userId);
      return devices.length === 0 ? [] : [{ userId, devices }];
    });
    this.#parts.channel?.answer(question, accounts);
  }

  gatewaysChanged(): void {
    const gatewayIds = new Set(this.#parts.channel?.gatewayIds());
    const isAnyGone = [...this.#gatewayIds].some((gatewayId) => !gatewayIds.has(gatewayId));
    this.#gatewayIds = gatewayIds;
    if (isAnyGone) this.#parts.clock.schedule(LINGER_MS, () => this.#loseGateways());
    if (this.#isAskingAll) return;
    this.#isAskingAll = true;
    this.#parts.clock.schedule(ASK_ALL_DELAY_MS, () => this.#askAll());
  }

  /** The node stops, with the sessions of these accounts. */
  close(userIds: Iterable<UserId>): void {
    this.#isClosed = true;
    const nowMs = this.#parts.clock.now();
    for (const userId of userIds) this.#left.add(userId, nowMs);
    this.#left.flush();
    this.#held.close();
    this.#news?.close();
    this.#parts.channel?.close();
  }

  #changed(userId: UserId): void {
    if (this.#isClosed) return;
    this.#watched.changedHere(userId);
    this.#news?.add(userId);
  }

  #loseGateways(): void {
    this.#watched.lostGateways((gatewayId) => !this.#gatewayIds.has(gatewayId));
  }

  #askAll(): void {
    this.#isAskingAll = false;
    const userIds = this.#watched.userIds();
    for (let at = 0; at < userIds.length; at += ASKED_MAX) {
      void this.#questions?.ask(userIds.slice(at, at + ASKED_MAX));
    }
  }
}

const TYPING_KINDS: readonly TypingKind[] = [TypingKind.TYPING, TypingKind.RECORDING, TypingKind.STOPPED];
