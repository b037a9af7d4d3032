import {
  type ConversationId,
  type Entry,
  EntryKind,
  type ReceiptCount,
  ReceiptStage,
  type Reply,
} from '@hongyan/protocol';
import { contentOf } from '../engine/content.ts';
import type { EngineEvent, EngineNotice, EngineQueries, Question } from '../engine/types.ts';
import {
  type MembersPage,
  type Message,
  type MessageVersion,
  type ReceiverStage,
  type ReceiversPage,
  SdkError,
} from '../types.ts';
import { PendingAnswers } from './pending-answers.ts';

const MEMBERS_COUNT = 100;
const VERSIONS_MAX = 200;

const STAGES = {
  read: ReceiptStage.READ,
  delivered: ReceiptStage.DELIVERED,
  missing: ReceiptStage.MISSING,
} as const satisfies Record<ReceiverStage, ReceiptStage>;

type Answer = NonNullable<Reply['body']>;
type AnswerOf<C> = Extract<Answer, { case: C }>['value'];

/** What the application wants to know of the server, over the connection; each question has one answer. */
export class Questions {
  readonly #engine: EngineQueries;
  readonly #dispatch: (event: EngineEvent) => void;
  readonly #requests = new PendingAnswers<Answer>();

  constructor(engine: EngineQueries, dispatch: (event: EngineEvent) => void) {
    this.#engine = engine;
    this.#dispatch = dispatch;
  }

  /** Rejects with SdkError: `network` without a connection, `refused` or `server` when the server does not say. */
  ask(question: Question): Promise<Answer> {
    return this.#requests.ask((requestId) => this.#dispatch({ type: 'asked', requestId, question }));
  }

  answered(notice: Extract<EngineNotice, { type: 'answered' | 'unanswered' }>): void {
    if (notice.type === 'answered') this.#requests.answered(notice.requestId, notice.answer);
    else this.#requests.failed(notice);
  }

  abandonAll(reason: string): void {
    this.#requests.abandonAll(reason);
  }

  async members(
    conversationId: ConversationId,
    { query = '', after = '', limit = MEMBERS_COUNT }: { query?: string; after?: string; limit?: number } = {},
  ): Promise<MembersPage> {
    const value = { conversationId, query, after, limit };
    const { members, next } = await this.#answer('memberPage', { case: 'fetchMembers', value });
    return { members, next: next === '' ? undefined : next };
  }

  async receiptCounts(conversationId: ConversationId, seqs: readonly number[]): Promise<readonly ReceiptCount[]> {
    const value = { conversationId, seqs: [...seqs] };
    return (await this.#answer('receiptCounts', { case: 'fetchReceiptCounts', value })).counts;
  }

  async receivers(
    { conversationId, seq = 0 }: Pick<Message, 'conversationId' | 'seq'>,
    stage: ReceiverStage,
    { after = '', limit = MEMBERS_COUNT }: { after?: string; limit?: number } = {},
  ): Promise<ReceiversPage> {
    const value = { conversationId, seq, stage: STAGES[stage], after, limit };
    const { userIds, more } = await this.#answer('receivers', { case: 'fetchReceivers', value });
    return { userIds, next: more ? userIds.at(-1) : undefined };
  }

  async history({ conversationId, seq }: Message): Promise<MessageVersion[]> {
    if (seq === undefined) return [];
    const [first] = await this.#entries(conversationId, { afterSeq: seq - 1, beforeSeq: seq + 1, limit: 1 });
    const edits: Entry[] = [];
    for (let afterSeq = seq, isMore = true; isMore && edits.length < VERSIONS_MAX; ) {
      const value = { conversationId, targetSeq: seq, afterSeq, limit: VERSIONS_MAX };
      const entries = await this.#page({ case: 'fetchChanges', value });
      edits.push(...entries.filter(({ kind }) => kind === EntryKind.EDIT));
      isMore = (entries.at(-1)?.seq ?? 0) > afterSeq;
      afterSeq = entries.at(-1)?.seq ?? afterSeq;
    }
    return [...(first ? [first] : []), ...edits]
      .filter(({ body }) => body.length > 0)
      .map((entry) => ({ content: contentOf(entry), timeMs: entry.serverTimeMs }));
  }

  /** The first entry of that moment or later; the last one when all are earlier. The log's times only grow, or nearly so. */
  async seqAt(conversationId: ConversationId, timeMs: number): Promise<number> {
    const { firstSeq = 1, lastSeq = 0 } = this.#engine.position(conversationId) ?? {};
    let [low, high] = [firstSeq, lastSeq];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const span = { afterSeq: middle - 1, beforeSeq: middle + 1, limit: 1 };
      const [entry] = await this.#entries(conversationId, span);
      if (entry && entry.serverTimeMs >= timeMs) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #entries(conversationId: ConversationId, span: { afterSeq: number; beforeSeq: number; limit: number }) {
    return this.#page({ case: 'fetchEntries', value: { conversationId, ...span } });
  }

  async #page(question: Question): Promise<Entry[]> {
    return (await this.#answer('entryPage', question)).entries;
  }

  async #answer<C extends Answer['case']>(expected: C, question: Question): Promise<AnswerOf<C>> {
    const answer = await this.ask(question);
    if (answer.case !== expected) throw new SdkError('server', `the server answered ${answer.case}`);
    return answer.value as AnswerOf<C>;
  }
}
