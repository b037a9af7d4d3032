import { isBlock } from '@hongyan/core';
import {
  ErrorCode,
  encodeBlock,
  encodeWish,
  ProtocolError,
  parseRecordKey,
  type RecordKey,
  recordKey,
  relationOf,
  type UserId,
} from '@hongyan/protocol';
import type { Speaker } from './speaker.ts';

/** Records looked at together. */
const RECORDS_TOGETHER = 500;
const RECORD_BYTES_TOGETHER = 256 * 1024;

const NONE = new Uint8Array();
const WANTED = encodeWish({ wanted: true, greeting: '' });
const BLOCKED = encodeBlock({ blocked: true });

export interface Related {
  userId: UserId;
  sinceMs: number;
}

export interface RelatedPage {
  related: Related[];
  /** A place in the account's user log; undefined: there are no more. */
  next: number | undefined;
}

/** What accounts are to each other, in the records that their devices have (PPL-1 to PPL-3). All reject with ProtocolError or StoreError. */
export class RelationDesk {
  readonly #speaker: Speaker;

  constructor(speaker: Speaker) {
    this.#speaker = speaker;
  }

  /** Both want it, as the backend speaks for both. */
  async befriend(userId: UserId, otherId: UserId): Promise<void> {
    if (await this.#areFriends(userId, otherId)) return;
    // Before anything is written: half of it would be a request that nobody made.
    if ((await this.#hasBlocked(userId, otherId)) || (await this.#hasBlocked(otherId, userId))) {
      throw new ProtocolError(ErrorCode.NOT_ACCEPTED, 'one has blocked the other');
    }
    await this.#set(userId, { kind: 'friend', userId: otherId }, WANTED);
    await this.#set(otherId, { kind: 'friend', userId }, WANTED);
  }

  async part(userId: UserId, otherId: UserId): Promise<void> {
    await this.#set(userId, { kind: 'friend', userId: otherId }, NONE);
    await this.#set(otherId, { kind: 'friend', userId }, NONE);
  }

  block(userId: UserId, otherId: UserId): Promise<void> {
    return this.#set(userId, { kind: 'block', userId: otherId }, BLOCKED);
  }

  unblock(userId: UserId, otherId: UserId): Promise<void> {
    return this.#set(userId, { kind: 'block', userId: otherId }, NONE);
  }

  friends(userId: UserId, after: number, limit: number): Promise<RelatedPage> {
    return this.#page(
      userId,
      after,
      limit,
      async (otherIds) => {
        const keys = (kind: 'friend' | 'peer') => otherIds.map((otherId) => recordKey({ kind, userId: otherId }));
        const versions = await this.#records.values(userId, [...keys('friend'), ...keys('peer')]);
        return otherIds.map((_, at) => {
          const relation = relationOf(versions[at], versions[at + otherIds.length], this.#speaker.clock.now());
          return relation.state === 'friends' ? relation.sinceMs : undefined;
        });
      },
      'friend',
    );
  }

  blocks(userId: UserId, after: number, limit: number): Promise<RelatedPage> {
    return this.#page(
      userId,
      after,
      limit,
      async (otherIds) => {
        const keys = otherIds.map((otherId) => recordKey({ kind: 'block', userId: otherId }));
        const versions = await this.#records.values(userId, keys);
        return versions.map((version) => (isBlock(version?.value) ? version?.changedAtMs : undefined));
      },
      'block',
    );
  }

  get #records() {
    return this.#speaker.store.records;
  }

  async #areFriends(userId: UserId, otherId: UserId): Promise<boolean> {
    const keys = (['friend', 'peer'] as const).map((kind) => recordKey({ kind, userId: otherId }));
    const [own, peer] = await this.#records.values(userId, keys);
    return relationOf(own, peer, this.#speaker.clock.now()).state === 'friends';
  }

  async #hasBlocked(userId: UserId, otherId: UserId): Promise<boolean> {
    const [block] = await this.#records.values(userId, [recordKey({ kind: 'block', userId: otherId })]);
    return isBlock(block?.value);
  }

  /** Later than what is there, also when that was stated by a clock that is ahead (REC-3). What is so already stays. */
  async #set(userId: UserId, key: RecordKey, value: Uint8Array): Promise<void> {
    const [known] = await this.#records.values(userId, [recordKey(key)]);
    if (Buffer.compare(known?.value ?? NONE, value) === 0) return;
    const changedAtMs = Math.max(this.#speaker.clock.now(), (known?.changedAtMs ?? 0) + 1);
    const record = { key: recordKey(key), changedAtMs, value };
    await this.#speaker.ask(userId, { case: 'setRecord', value: { record } });
  }

  /** In the order in which the records changed last. `sinceOf` says of accounts since when they are related, if they are. */
  async #page(
    userId: UserId,
    after: number,
    limit: number,
    sinceOf: (otherIds: UserId[]) => Promise<(number | undefined)[]>,
    kind: 'friend' | 'block',
  ): Promise<RelatedPage> {
    const related: Related[] = [];
    for (let afterSeq = after; ; ) {
      const query = { userId, afterSeq, limit: RECORDS_TOGETHER, bytesMax: RECORD_BYTES_TOGETHER };
      const records = await this.#records.changedSince(query);
      if (records.length === 0) return { related, next: undefined };
      const named = records.flatMap(({ seq, record }) => {
        const key = parseRecordKey(record.key);
        return key?.kind === kind ? { seq, otherId: key.userId } : [];
      });
      const since = await sinceOf(named.map(({ otherId }) => otherId));
      for (const [at, { seq, otherId }] of named.entries()) {
        const sinceMs = since[at];
        if (sinceMs === undefined) continue;
        if (related.length === limit) return { related, next: afterSeq };
        related.push({ userId: otherId, sinceMs });
        afterSeq = seq;
      }
      afterSeq = Math.max(afterSeq, records.at(-1)?.seq ?? 0);
    }
  }
}
