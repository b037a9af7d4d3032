import { type Command, type ConversationId, errorClass, type Error as Refusal, type Reply } from '@hongyan/protocol';
import { type FailureReason, reasonOf } from '../failures.ts';
import type { SdkErrorCode } from '../types.ts';
import type { Commands, Purpose, RequestPurpose } from './commands.ts';
import { keepEntry } from './entries.ts';
import { FETCHES_MAX, QUESTIONS_MAX, REFUSED_FETCH_PAUSE_MS, UNSTORED_ENTRIES_MAX } from './limits.ts';
import { RecordSending } from './record-sending.ts';
import type { Replica } from './replica.ts';
import type { Retries } from './retries.ts';
import { Sending } from './sending.ts';
import type { EngineNotice, Moment, Question } from './types.ts';

type Body = NonNullable<Command['body']>;
type Answer = NonNullable<Reply['body']>;

const FETCHES: readonly Purpose['kind'][] = [
  'fetchNewer',
  'fetchOlder',
  'fetchShown',
  'fetchQuote',
  'fetchConversation',
  'fetchUserEvents',
  'asked',
];
/** Room that is left for pings and statements when everything else waits for answers. */
const RESERVED_COMMANDS = 8;

const fetching = (conversationId: ConversationId) => `fetch ${conversationId}`;
const USER_EVENTS = 'fetch user events';

/** What a live session asks of the server, from what the replica lacks; and what the answers mean to the replica. */
export class Requests {
  readonly #replica: Replica;
  readonly #commands: Commands;
  readonly #retries: Retries;
  readonly #sending: Sending;
  readonly #recordSending: RecordSending;
  /** One fetch at a time for each of these. */
  readonly #fetching = new Set<string>();

  readonly #questions = new Map<number, Question>();
  readonly #tell: (notice: EngineNotice) => void;

  constructor(replica: Replica, commands: Commands, retries: Retries, tell: (notice: EngineNotice) => void) {
    this.#replica = replica;
    this.#commands = commands;
    this.#retries = retries;
    this.#tell = tell;
    this.#sending = new Sending(replica, commands, retries);
    this.#recordSending = new RecordSending(replica, commands, retries);
  }

  /** `unanswered`: what the connection leaves without an answer. */
  connectionLost(unanswered: readonly Purpose[], at: Moment): void {
    this.#sending.connectionLost(at);
    this.#fetching.clear();
    const asked = unanswered.flatMap((purpose) => (purpose.kind === 'asked' ? [purpose.requestId] : []));
    for (const requestId of [...asked, ...this.#questions.keys()]) {
      this.#unanswered(requestId, 'network', 'the connection was lost');
    }
    this.#questions.clear();
  }

  messageRetried(clientMessageId: string): void {
    this.#sending.retried(clientMessageId);
  }

  issue(at: Moment, serverNowMs: number): void {
    this.#stateCursors();
    this.#sending.issue(at, () => this.#hasRoom);
    this.#recordSending.issue(at, serverNowMs, () => this.#hasRoom);
    this.#fetchMissing(at);
    this.#fetchForWindows(at);
    this.#askQuestions(at);
    this.#fetchUserEvents(at);
  }

  answered(purpose: RequestPurpose, body: Answer, at: Moment): void {
    if (body.case === 'error') this.#refused(purpose, body.value, at);
    else this.#granted(purpose, body, at);
  }

  #granted(purpose: RequestPurpose, body: Answer, at: Moment): void {
    const { sync, windows, userLog } = this.#replica;
    switch (purpose.kind) {
      case 'send':
        this.#sending.settled(purpose.conversationId);
        if (body.case === 'messageSent') this.#replica.own.sent(purpose.clientMessageId, body.value);
        return;
      case 'setRecord':
        this.#recordSending.settled(purpose.key);
        return;
      case 'fetchNewer': {
        const log = sync.log(purpose.conversationId);
        const current = log?.generation === purpose.generation;
        const before = log?.toSeq;
        if (current && body.case === 'entryPage') sync.newerPage(body.value);
        const isStuck = current && log.toSeq === before && log.missing === 'entries';
        this.#fetched(fetching(purpose.conversationId), isStuck, at);
        return;
      }
      case 'fetchConversation': {
        if (body.case === 'conversationUpdate') sync.confirmed(body.value, purpose);
        const isStuck = sync.log(purpose.conversationId)?.missing === 'state';
        this.#fetched(fetching(purpose.conversationId), isStuck, at);
        return;
      }
      case 'fetchOlder': {
        const current = sync.log(purpose.conversationId)?.generation === purpose.generation;
        const page = current && body.case === 'entryPage' ? body.value : undefined;
        if (page) sync.olderPage(page);
        windows.serverAnswered(purpose, page?.entries.map(keepEntry) ?? [], page?.changes.map(keepEntry) ?? []);
        return;
      }
      case 'fetchShown': {
        const log = sync.log(purpose.conversationId);
        const current = log?.generation === purpose.generation;
        const before = log?.fromSeq;
        if (current && body.case === 'entryPage') sync.olderPage(body.value);
        this.#fetched(fetching(purpose.conversationId), log?.fromSeq === before && log?.missing === 'shown', at);
        return;
      }
      case 'fetchQuote': {
        const page = body.case === 'entryPage' ? body.value : { entries: [], changes: [] };
        const { entries, changes } = page;
        windows.quoteAnswered(purpose, { entries: entries.map(keepEntry), changes: changes.map(keepEntry) });
        return;
      }
      case 'asked':
        this.#tell({ type: 'answered', requestId: purpose.requestId, answer: body });
        return;
      case 'fetchUserEvents': {
        const before = userLog.seq;
        if (body.case === 'userEventPage') {
          for (const event of body.value.events) this.#replica.userEvent(event);
          userLog.endsAt(body.value.lastSeq);
        }
        this.#fetched(USER_EVENTS, userLog.seq === before && userLog.isBehind, at);
        return;
      }
    }
  }

  #refused(purpose: RequestPurpose, refusal: Refusal, at: Moment): void {
    const later = errorClass(refusal.code) === 'later';
    const pauseMs = later ? refusal.retryAfterMs : REFUSED_FETCH_PAUSE_MS;
    switch (purpose.kind) {
      case 'send':
        this.#sending.refused(purpose, refusal, at);
        return;
      case 'setRecord':
        this.#recordSending.refused(purpose.key, refusal, at);
        return;
      case 'fetchNewer':
      case 'fetchShown':
      case 'fetchConversation':
        this.#fetching.delete(fetching(purpose.conversationId));
        this.#retries.failed(fetching(purpose.conversationId), pauseMs, at);
        return;
      case 'fetchOlder':
        this.#replica.windows.serverRefused(purpose, reasonOf(refusal.code));
        return;
      case 'fetchQuote':
        this.#replica.windows.quoteAnswered(purpose, undefined);
        return;
      case 'asked':
        this.#unanswered(purpose.requestId, later ? 'server' : 'refused', refusal.message, reasonOf(refusal.code));
        return;
      case 'fetchUserEvents':
        this.#fetching.delete(USER_EVENTS);
        this.#retries.failed(USER_EVENTS, pauseMs, at);
        return;
    }
  }

  /** RCP-1, RCP-2: one statement per conversation for all that was stored or read since the last one. */
  #stateCursors(): void {
    for (const conversationId of this.#replica.unstated) {
      const log = this.#replica.sync.log(conversationId);
      if (!log) continue;
      const { own, durableToSeq } = log;
      const delivers = log.othersToSeq > own.deliveredSeq && durableToSeq > own.deliveredSeq;
      const readSeq = Math.min(own.readSeq, durableToSeq);
      const reads = readSeq > log.statedReadSeq;
      if (!delivers && !reads) continue;
      const value = { conversationId, deliveredSeq: durableToSeq, readSeq: reads ? readSeq : 0 };
      this.#commands.tell({ case: 'advanceCursor', value });
      this.#replica.sync.statements.told(conversationId);
      log.moveCursor({ ...own, deliveredSeq: durableToSeq });
      if (reads) log.statedReadSeq = readSeq;
    }
    this.#replica.unstated.clear();
  }

  /** The session went on: what it was told last may have been lost with the connection. */
  resumed(): void {
    for (const conversationId of this.#replica.sync.statements.takeUnconfirmed()) {
      const log = this.#replica.sync.log(conversationId);
      if (!log) continue;
      const { seq: deliveredSeq, readSeq } = log.state();
      const value = { conversationId, deliveredSeq, readSeq: Math.min(readSeq, deliveredSeq) };
      this.#commands.tell({ case: 'advanceCursor', value });
      this.#replica.sync.statements.told(conversationId);
    }
  }

  #fetchMissing(at: Moment): void {
    const { sync, limits, journal } = this.#replica;
    if (journal.unstoredCount >= UNSTORED_ENTRIES_MAX) return;
    for (const log of sync.behind()) {
      if (!this.#mayFetch) return;
      const { conversationId, generation, toSeq } = log;
      if (!this.#claim(fetching(conversationId), at)) continue;
      if (log.missing === 'state') {
        const value = { conversationId, limit: limits.pageEntriesMax };
        const purpose = { kind: 'fetchConversation', conversationId, generation, toSeq } as const;
        this.#ask({ case: 'fetchConversation', value }, purpose, at);
      } else if (log.missing === 'shown') {
        const value = { conversationId, afterSeq: 0, beforeSeq: log.fromSeq, limit: limits.pageEntriesMax };
        this.#ask({ case: 'fetchEntries', value }, { kind: 'fetchShown', conversationId, generation }, at);
      } else {
        const limit = Math.min(limits.pageEntriesMax, log.gapLength);
        const value = { conversationId, afterSeq: toSeq, beforeSeq: 0, limit };
        this.#ask({ case: 'fetchEntries', value }, { kind: 'fetchNewer', conversationId, generation }, at);
      }
    }
  }

  #fetchForWindows(at: Moment): void {
    const { sync, windows, limits } = this.#replica;
    for (const { window, direction, afterSeq, beforeSeq } of windows.wantingServer()) {
      const { conversationId, id: windowId } = window;
      const log = sync.log(conversationId);
      if (!log || !this.#mayFetch) return;
      const limit = Math.min(window.pageSize, limits.pageEntriesMax);
      window.loading = 'server';
      window.direction = direction;
      const purpose = { kind: 'fetchOlder', conversationId, generation: log.generation, windowId } as const;
      this.#ask({ case: 'fetchEntries', value: { conversationId, afterSeq, beforeSeq, limit } }, purpose, at);
    }
    for (const { window, seq } of windows.wantingQuotes()) {
      if (!this.#mayFetch) return;
      const { conversationId, id: windowId } = window;
      window.quoteSeq = seq;
      const value = { conversationId, afterSeq: seq - 1, beforeSeq: seq + 1, limit: 1 };
      this.#ask({ case: 'fetchEntries', value }, { kind: 'fetchQuote', conversationId, windowId }, at);
    }
  }

  /** The application asks something; it waits for no connection. */
  asked({ requestId, question }: { requestId: number; question: Question }, isLive: boolean): void {
    if (!isLive) this.#unanswered(requestId, 'network', 'there is no connection');
    else if (this.#questions.size >= QUESTIONS_MAX)
      this.#unanswered(requestId, 'rate-limited', 'too much is asked at once');
    else this.#questions.set(requestId, question);
  }

  #askQuestions(at: Moment): void {
    for (const [requestId, question] of this.#questions) {
      if (!this.#mayFetch) return;
      this.#questions.delete(requestId);
      this.#ask(question, { kind: 'asked', requestId }, at);
    }
  }

  /** `said`: by the server. */
  #unanswered(requestId: number, code: SdkErrorCode, reason: string, said?: FailureReason): void {
    this.#tell({ type: 'unanswered', requestId, code, reason, ...(said && { said }) });
  }

  #fetchUserEvents(at: Moment): void {
    const { userLog, limits } = this.#replica;
    if (!userLog.isBehind || !this.#mayFetch || !this.#claim(USER_EVENTS, at)) return;
    const value = { afterSeq: userLog.seq, limit: limits.pageEntriesMax };
    this.#ask({ case: 'fetchUserEvents', value }, { kind: 'fetchUserEvents' }, at);
  }

  #ask(body: Body, purpose: Purpose, at: Moment): void {
    this.#commands.ask(body, purpose, at.nowMs);
  }

  #claim(subject: string, at: Moment): boolean {
    if (this.#fetching.has(subject) || this.#retries.isPaused(subject, at.nowMs)) return false;
    this.#fetching.add(subject);
    return true;
  }

  /** An answer that brings nothing on is followed by a growing pause: asking again at once would go on for ever. */
  #fetched(subject: string, isStuck: boolean, at: Moment): void {
    this.#fetching.delete(subject);
    if (isStuck) this.#retries.failed(subject, 0, at);
    else this.#retries.succeeded(subject);
  }

  get #hasRoom(): boolean {
    return this.#commands.unansweredCount < Math.max(1, this.#replica.limits.commandsInFlightMax - RESERVED_COMMANDS);
  }

  get #mayFetch(): boolean {
    return this.#hasRoom && this.#commands.count(FETCHES) < FETCHES_MAX;
  }
}
