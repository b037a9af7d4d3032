import { foundGroup, NO_FACTS, plainMember } from '@hongyan/core';
import { type AppendRequest, HERE, type Store, type StoredChange } from '@hongyan/core/ports';
import { EntryKind, groupConversationId, ID_LENGTH, type UserId } from '@hongyan/protocol';
import { message } from './message.ts';

const FOUNDERS = 500;
const TIMES = 20;
const PAGE = 100;
const CREATED_AT_ONCE_MAX = 1_000;
const conversationId = groupConversationId(new Uint8Array(ID_LENGTH));
const idOf = (at: number): UserId => `u${String(at).padStart(16, '0')}`;

/** What a store takes for each thing that is done in a group of so many members. Gives rows of figures for `console.table`. */
export class LargeGroup {
  readonly #store: Store;
  readonly #memberCount: number;
  #sent = 0;

  constructor(store: Store, memberCount: number) {
    this.#store = store;
    this.#memberCount = memberCount;
  }

  /** Accounts, and the group, which members join in parts as large as one entry may add. */
  async prepare(): Promise<void> {
    for (let from = 0; from < this.#memberCount; from += CREATED_AT_ONCE_MAX) {
      const some = Array.from(
        { length: Math.min(CREATED_AT_ONCE_MAX, this.#memberCount - from) },
        (_, at) => from + at,
      );
      await Promise.all(some.map((at) => this.#createUser(at)));
    }
    const founders = Array.from({ length: FOUNDERS }, (_, at) => idOf(at));
    await this.#append({ kind: EntryKind.GROUP_CREATED, members: founders, change: foundGroup('geese', founders) });
    for (let from = FOUNDERS; from < this.#memberCount; from += FOUNDERS) {
      const userIds = Array.from({ length: Math.min(FOUNDERS, this.#memberCount - from) }, (_, at) => idOf(from + at));
      await this.#change({ members: userIds.map(plainMember), joined: userIds });
    }
  }

  async measure() {
    const { log, cursors } = this.#store;
    const newcomer = (at: number) => idOf(this.#memberCount + at);
    const last = { conversationId, limit: PAGE };
    const someone = (at: number) => idOf(((at + 1) * 4_001) % this.#memberCount);
    const whole = { conversationId, afterSeq: 0, beforeSeq: Number.MAX_SAFE_INTEGER, limit: PAGE, bytesMax: 1e6 };
    const rows: Record<string, { 'p50 ms': string; 'max ms': string }> = {};
    const time = async (name: string, work: (at: number) => Promise<unknown>) => {
      rows[name] = await this.#time(work);
    };
    await time('append a message', () => this.#append({ basisSeq: undefined }));
    await time('append one that mentions all', () => this.#append({ header: { ...NO_HEADER, mentionsAll: true } }));
    await time('join one', (at) => this.#change({ members: [plainMember(newcomer(at))], joined: [newcomer(at)] }));
    await time('remove one', (at) => this.#change({ members: [{ ...plainMember(newcomer(at)), untilSeq: HERE }] }));
    await time('head of all', () => log.head(conversationId));
    await time('head for one', (at) => log.headFor(conversationId, someone(at)));
    await time('heads of one', (at) => log.heads(someone(at), 500));
    await time('one membership', (at) => log.member(conversationId, someone(at)));
    await time('first page of 100 members', () => log.members({ ...last, text: '', after: undefined }));
    await time('a page in the middle', (at) =>
      log.members({ ...last, text: '', after: { role: 1, userId: someone(at) } }),
    );
    await time('members by a name that many have', () => log.members({ ...last, text: 'goose', after: undefined }));
    await time('members by a name that one has', (at) =>
      log.members({ ...last, text: `GOOSE ${Number(someone(at).slice(1))}.`, after: undefined }),
    );
    await time('members by a name that nobody has', () => log.members({ ...last, text: 'duck', after: undefined }));
    await time('read a page as a member', (at) => log.read({ ...whole, from: 'newest', viewerId: someone(at) }));
    await time('count what is unread', (at) => this.#countUnread(someone(at)));
    await time('advance a read cursor', (at) =>
      cursors.advance({
        cursors: [{ conversationId, userId: someone(at), deliveredSeq: 1, readSeq: 1 }],
        ...{ positions: [], timeMs: 1 },
      }),
    );
    return rows;
  }

  #createUser(at: number): Promise<void> {
    const name = `Goose ${at}.`;
    return this.#store.accounts.createUser({
      ...{ userId: idOf(at), handle: `person${at}`, displayName: name, statusLine: '' },
      ...{ passwordHash: '', createdAtMs: 1 },
    });
  }

  async #countUnread(userId: UserId): Promise<void> {
    const unread = { conversationId, userId, afterSeq: 0, throughSeq: Number.MAX_SAFE_INTEGER, max: 100 };
    await this.#store.log.countOthers({ ...unread, scanMax: 1_000 });
    await this.#store.log.countMentions(unread);
  }

  async #change(change: Partial<StoredChange>): Promise<void> {
    const facts = (await this.#store.log.facts(conversationId)) ?? NO_FACTS;
    await this.#append({
      kind: EntryKind.CONVERSATION_CHANGED,
      basisSeq: facts.seq,
      change: { facts: { ...facts, seq: HERE }, members: [], joined: [], ...change },
    });
  }

  async #append(fields: Partial<AppendRequest>): Promise<void> {
    this.#sent += 1;
    await this.#store.log.append(message(`m${this.#sent}`, { conversationId, senderId: idOf(0), ...fields }));
  }

  async #time(work: (at: number) => Promise<unknown>) {
    const timesMs: number[] = [];
    for (let at = 0; at < TIMES; at++) {
      const askedAtMs = performance.now();
      await work(at);
      timesMs.push(performance.now() - askedAtMs);
    }
    timesMs.sort((a, b) => a - b);
    return { 'p50 ms': (timesMs[TIMES / 2] ?? 0).toFixed(1), 'max ms': (timesMs.at(-1) ?? 0).toFixed(1) };
  }
}

const NO_HEADER = { targetSeq: 0, mentionedIds: [], mentionsAll: false, lifetimeMs: 0, livesFromRead: false };
