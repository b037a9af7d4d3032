import type { ConversationId, Member, ReceiptCount } from '@hongyan/protocol';
import type { EngineQueries } from '../engine/types.ts';
import type { ClientEvents, LiveMembers, LiveQuery, MemberList, Unsubscribe } from '../types.ts';
import { AskingAgain, type AskingParts } from './asking-again.ts';
import { Listeners } from './listeners.ts';
import { liveQuery } from './live-query.ts';
import type { Questions } from './questions.ts';

/** RCP-8: in groups with more members nobody is told when others' receipts move. */
const TOLD_MEMBERS_MAX = 500;
const UNTOLD_EVERY_MS = 5_000;
const MEMBERS_PAGE = 100;
/** Of those that were loaded so many are asked for again when the members changed. */
const MEMBERS_RENEWED_MAX = 500;

export interface LiveQuestionsParts {
  engine: EngineQueries;
  questions: Questions;
  on: <E extends keyof ClientEvents>(event: E, listener: (payload: ClientEvents[E]) => void) => Unsubscribe;
}

/** What a client needs to keep up to date what only the server knows. */
export type LiveQuestionsFeature = (parts: LiveQuestionsParts) => Pick<LiveQuestions, 'receipts' | 'members'>;

/** For `createClient({ liveQuestions })`: `receipts` and `liveMembers`. */
export const liveQuestions: LiveQuestionsFeature = (parts) => new LiveQuestions(parts);

/** What only the server knows, asked for again while somebody listens. */
export class LiveQuestions {
  readonly #parts: LiveQuestionsParts;
  readonly #looks = new Listeners<void>();

  constructor(parts: LiveQuestionsParts) {
    this.#parts = parts;
  }

  receipts(conversationId: ConversationId, seqs: readonly number[]): LiveQuery<readonly ReceiptCount[]> {
    const { engine, questions } = this.#parts;
    let counts: readonly ReceiptCount[] = [];
    const ask = async () => {
      const answer = await questions.receiptCounts(conversationId, seqs);
      counts = answer.map((count, at) => (isSame(counts[at], count) ? (counts[at] ?? count) : count));
    };
    const countOf = () => engine.conversations().find(({ id }) => id === conversationId)?.memberCount ?? 0;
    const everyMs = () => (countOf() > TOLD_MEMBERS_MAX ? UNTOLD_EVERY_MS : undefined);
    return this.#live(
      () => counts,
      { ask, everyMs },
      () => engine.position(conversationId)?.cursors,
    );
  }

  members(conversationId: ConversationId, query: string): LiveMembers {
    const { engine, questions } = this.#parts;
    let list: MemberList = { members: [], hasMore: true };
    let [next, turn]: [string | undefined, Promise<void>] = [undefined, Promise.resolve()];
    /** One page at a time: each goes on where the one before it ended. */
    const load = (known: () => readonly Member[], limit: number): Promise<void> => {
      const page = turn.then(async () => {
        const before = known();
        const after = before.length > 0 ? next : undefined;
        if (before.length > 0 && after === undefined) return;
        const answer = await questions.members(conversationId, { query, limit, ...(after && { after }) });
        next = answer.next;
        list = { members: [...before, ...answer.members], hasMore: next !== undefined };
      });
      turn = page.catch(() => {});
      return page;
    };
    const renew = () => load(() => [], Math.min(Math.max(MEMBERS_PAGE, list.members.length), MEMBERS_RENEWED_MAX));
    const parts = { ask: renew, everyMs: () => undefined };
    const live = this.#live(
      () => list,
      parts,
      () => engine.position(conversationId)?.factsSeq,
    );
    return {
      get value() {
        return live.value;
      },
      onChange: live.onChange,
      loadMore: async () => {
        await load(() => list.members, MEMBERS_PAGE);
        this.#looks.emit();
      },
    };
  }

  /** `version`: what is another when it has to be asked again. */
  #live<T>(read: () => T, parts: AskingParts, version: () => unknown): LiveQuery<T> {
    return liveQuery(read, (look) => {
      const asking = new AskingAgain({ ...parts, ask: () => parts.ask().then(look) });
      let known = version();
      const ends = [
        this.#looks.add(look),
        this.#parts.on('conversations', () => {
          const next = version();
          if (next !== known) asking.wanted();
          known = next;
        }),
        this.#parts.on('connection', ({ status }) => {
          if (status === 'online') asking.wanted();
        }),
      ];
      asking.wanted();
      return () => {
        for (const end of ends) end();
        asking.end();
      };
    });
  }
}

const isSame = (a: ReceiptCount | undefined, b: ReceiptCount): boolean =>
  a?.seq === b.seq && a.read === b.read && a.delivered === b.delivered && a.missing === b.missing;
