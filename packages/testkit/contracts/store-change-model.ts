import { plainMember } from '@hongyan/core';
import { type AppendRequest, HERE, type Store, type StoredMember } from '@hongyan/core/ports';
import { EntryKind, groupConversationId, ID_LENGTH, Role } from '@hongyan/protocol';
import { createMemoryStore } from '@hongyan/server/adapters/store/memory/index.ts';
import fc from 'fast-check';
import { expect } from 'vitest';
import { facts, header, message, user, whole } from './store-fixtures.ts';

const PEOPLE = 5;
const person = fc.nat(PEOPLE - 1);
/** Of a message near the end of the log, counted from there. */
const target = fc.nat(6);
const mentions = fc.record({ mentioned: fc.array(person, { maxLength: 2 }), all: fc.boolean() });
/** No two end at the same time, whenever they begin, unless they begin together. */
const lifetime = fc.constantFrom(0, 0, 1_301, 3_703, 5_107);

const step = fc.oneof(
  fc.record({
    kind: fc.constant('send' as const),
    ...{ by: person, mentions, lifetime, livesFromRead: fc.boolean(), isEmpty: fc.integer({ min: 0, max: 5 }) },
    basis: fc.constantFrom('none' as const, 'right' as const, 'right' as const, 'wrong' as const),
  }),
  fc.record({ kind: fc.constant('edit' as const), by: person, target, mentions }),
  fc.record({ kind: fc.constantFrom('recall' as const, 'react' as const), by: person, target }),
  fc.record({
    kind: fc.constant('change' as const),
    ...{ who: person, what: fc.constantFrom('join' as const, 'join' as const, 'leave' as const, 'appoint' as const) },
    basis: fc.constantFrom('right' as const, 'right' as const, 'wrong' as const),
  }),
  fc.record({ kind: fc.constant('repeat' as const), back: fc.nat(5) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What is asked for at once, and what happens then. */
const round = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 8 }),
  read: fc.record({ by: person, behind: fc.nat(5) }),
  expiring: fc.record({ limit: fc.nat(3), afterMs: fc.nat(9_000) }),
});
type Round = typeof round extends fc.Arbitrary<infer T> ? T : never;

/** Later runs are earlier in time, so that what one leaves behind is never due in another. */
const LATEST_MS = 1e12;
const RUN_MS = 1e7;

/** Random changes of a group come to the same as in the memory adapter. Each run has a group and accounts of its own. */
export function changesFollowTheModel(store: Store): Promise<void> {
  let runCount = 0;
  const property = fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 8 }), async (rounds) => {
    const run = new Run(store, ++runCount);
    await run.begin();
    for (const each of rounds) await run.carryOut(each);
    await run.expectSame();
  });
  return fc.assert(property, { numRuns: 25 });
}

class Run {
  readonly #stores: readonly [model: Store, store: Store];
  readonly #conversationId: string;
  readonly #people: readonly string[];
  readonly #requests: AppendRequest[] = [];
  #nowMs: number;

  constructor(store: Store, run: number) {
    this.#stores = [createMemoryStore(), store];
    // An id has a character for each byte, and 32 characters to choose from.
    const digits = Array.from({ length: ID_LENGTH }, (_, at) => Math.floor(run / 32 ** at) % 32);
    this.#conversationId = groupConversationId(Uint8Array.from(digits));
    this.#people = Array.from({ length: PEOPLE }, (_, at) => `u${run}-${at}`);
    this.#nowMs = LATEST_MS - run * RUN_MS;
  }

  async begin(): Promise<void> {
    for (const userId of this.#people) {
      await this.#both((store) => store.accounts.createUser(user(userId, userId, { displayName: `Name ${userId}` })));
    }
    const members = this.#people.slice(0, 3);
    const first = this.#entry(EntryKind.GROUP_CREATED, this.#person(0), { members });
    await this.#both((store) => store.log.append(first));
  }

  /** The model decides first, one by one; the store is asked for all of it together. */
  async carryOut({ steps, read, expiring }: Round): Promise<void> {
    const requests: AppendRequest[] = [];
    const expected: unknown[] = [];
    for (const each of steps) {
      const request = await this.#requestOf(each);
      requests.push(request);
      expected.push(await outcome(this.#model.log.append(request)));
    }
    const answers = requests.map((request) => outcome(this.#store.log.append(request)));
    expect(await Promise.all(answers)).toEqual(expected);
    this.#requests.push(...requests);
    const readSeq = Math.max(((await this.#model.log.head(this.#conversationId))?.lastSeq ?? 0) - read.behind, 0);
    const cursor = {
      conversationId: this.#conversationId,
      userId: this.#person(read.by),
      deliveredSeq: readSeq,
      readSeq,
    };
    this.#nowMs += 1_000;
    await this.#both((store) => store.cursors.advance({ cursors: [cursor], positions: [], timeMs: this.#nowMs }));
    await this.#both((store) => store.log.expire({ nowMs: this.#nowMs + expiring.afterMs, limit: expiring.limit }));
  }

  async expectSame(): Promise<void> {
    const conversationId = this.#conversationId;
    await this.#both((store) => store.log.facts(conversationId));
    await this.#both((store) => store.log.head(conversationId));
    for (const viewerId of [undefined, ...this.#people]) {
      await this.#both((store) => store.log.read({ conversationId, ...whole, viewerId }));
      await this.#both((store) => store.log.read({ conversationId, ...whole, limit: 3, from: 'newest', viewerId }));
      for (const standing of [true, false]) {
        const range = { conversationId, fromTargetSeq: 2, toTargetSeq: 20, afterSeq: 3, limit: 9 };
        await this.#both((store) => store.log.changes({ ...range, standing, viewerId }));
      }
    }
    for (const userId of this.#people) {
      const unread = { conversationId, userId, afterSeq: 2, throughSeq: 30, max: 9 };
      await this.#both((store) => store.log.countMentions(unread));
      await this.#both((store) => store.log.countOthers({ ...unread, scanMax: 99 }));
      await this.#both((store) => store.log.member(conversationId, userId));
      await this.#both((store) => store.log.headFor(conversationId, userId));
      await this.#both((store) => store.log.heads(userId, 9));
      await this.#both((store) => store.userLog.read({ userId, afterSeq: 0, limit: 999 }));
    }
    for (const text of ['', 'nAm', 'NICK', '-1']) {
      await this.#both((store) => store.log.members({ conversationId, text, after: undefined, limit: 3 }));
      const after = { role: Role.MEMBER, userId: this.#person(1) };
      await this.#both((store) => store.log.members({ conversationId, text, after, limit: 3 }));
    }
    await this.#both((store) => store.log.expire({ nowMs: this.#nowMs + 20_000, limit: 999 }));
    await this.#both((store) => store.log.read({ conversationId, ...whole }));
  }

  get #model(): Store {
    return this.#stores[0];
  }

  get #store(): Store {
    return this.#stores[1];
  }

  async #both(ask: (store: Store) => Promise<unknown>): Promise<void> {
    const [expected, answer] = [await ask(this.#model), await ask(this.#store)];
    expect(answer).toEqual(expected);
  }

  #person(at: number): string {
    return this.#people[at] ?? '';
  }

  #entry(kind: EntryKind, senderId: string, fields: Partial<AppendRequest>): AppendRequest {
    this.#nowMs += 1_000;
    const clientMessageId = `m${this.#nowMs}`;
    const place = { conversationId: this.#conversationId, serverTimeMs: this.#nowMs };
    return message(clientMessageId, { ...place, kind, senderId, ...fields });
  }

  async #requestOf(asked: Step): Promise<AppendRequest> {
    const head = await this.#model.log.head(this.#conversationId);
    const lastSeq = head?.lastSeq ?? 0;
    const basisSeq = (head?.facts?.seq ?? 0) + ('basis' in asked && asked.basis === 'wrong' ? 1 : 0);
    switch (asked.kind) {
      case 'send':
        return this.#entry(EntryKind.MESSAGE, this.#person(asked.by), {
          header: this.#headerOf(asked),
          ...(asked.isEmpty === 0 ? { body: new Uint8Array(0) } : {}),
          basisSeq: asked.basis === 'none' ? undefined : basisSeq,
        });
      case 'edit': {
        const targetSeq = Math.max(lastSeq - asked.target, 1);
        const edited = header({ targetSeq, ...this.#mentionsOf(asked.mentions) });
        return this.#entry(EntryKind.EDIT, this.#person(asked.by), { header: edited });
      }
      case 'recall':
      case 'react': {
        const kind = asked.kind === 'recall' ? EntryKind.RECALL : EntryKind.REACTION;
        const about = header({ targetSeq: Math.max(lastSeq - asked.target, 1) });
        return this.#entry(kind, this.#person(asked.by), { header: about });
      }
      case 'change':
        return this.#changeOf(this.#person(asked.who), asked.what, basisSeq);
      case 'repeat':
        return this.#requests.at(-1 - asked.back) ?? this.#entry(EntryKind.MESSAGE, this.#person(0), {});
    }
  }

  #headerOf({ mentions, lifetime, livesFromRead }: Step & { kind: 'send' }): AppendRequest['header'] {
    const fields = { ...this.#mentionsOf(mentions), lifetimeMs: lifetime, livesFromRead };
    return mentions.mentioned.length === 0 && lifetime === 0 ? undefined : header(fields);
  }

  #mentionsOf({ mentioned, all }: { mentioned: readonly number[]; all: boolean }) {
    return { mentionedIds: mentioned.map((at) => this.#person(at)), mentionsAll: all };
  }

  async #changeOf(userId: string, what: 'join' | 'leave' | 'appoint', basisSeq: number): Promise<AppendRequest> {
    const known = await this.#model.log.member(this.#conversationId, userId);
    const isMember = known?.untilSeq === 0;
    const own: StoredMember = { ...plainMember(userId), fromSeq: known?.fromSeq ?? 1, untilSeq: known?.untilSeq ?? 1 };
    const now = facts({ name: what, memberCount: basisSeq });
    const change = (row: Partial<StoredMember>, joined: readonly string[] = []) =>
      this.#entry(EntryKind.CONVERSATION_CHANGED, this.#person(0), {
        basisSeq,
        change: { facts: now, members: [{ ...own, ...row }], joined },
      });
    switch (what) {
      case 'join':
        return isMember ? change({ nickname: 'Nick' }) : change({ fromSeq: HERE, untilSeq: 0 }, [userId]);
      case 'leave':
        return change({
          role: Role.UNSPECIFIED,
          untilSeq: isMember ? HERE : own.untilSeq,
          partingFacts: facts({ seq: 1 }),
        });
      case 'appoint':
        return change({ role: Role.ADMIN, mutedUntilMs: basisSeq });
    }
  }
}

const outcome = (asked: Promise<unknown>): Promise<unknown> =>
  asked.catch((error: { kind: string; reason: string }) => ({ kind: error.kind, reason: error.reason }));
