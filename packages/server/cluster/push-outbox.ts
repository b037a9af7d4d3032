import type { Broker, BusPush } from '@hongyan/core';
import type { UserId } from '@hongyan/protocol';
import { encodeCarriedPushes, encodeSharedPushes, type SharedPush } from '@hongyan/protocol/cluster';
import type { Subjects } from './subjects.ts';

/** What shares a message goes out before the turn ends when it is more than this; the largest push fits beside it. */
const WAITING_BYTES_MAX = 128 * 1024;
const USER_ID_BYTES = 20;
/** Accounts that one shared push names, so that a group of any size fits the broker. */
const SHARED_IDS_MAX = 5_000;

export interface PushOutboxParts {
  broker: Broker;
  subjects: Subjects;
  /** Runs a task once the present turn's work is done. */
  defer: (task: () => void) => void;
}

interface Waiting<Push> {
  pushes: Push[];
  bytes: number;
}

const nothing = <Push>(): Waiting<Push> => ({ pushes: [], bytes: 0 });

/** Pushes on their way to other nodes: those of one account that arise within a turn share a message, those to many, too. */
export class PushOutbox {
  readonly #parts: PushOutboxParts;
  #waiting = new Map<UserId, Waiting<BusPush>>();
  #shared = nothing<SharedPush>();
  #isFlushing = false;

  constructor(parts: PushOutboxParts) {
    this.#parts = parts;
  }

  add(userId: UserId, push: BusPush): void {
    const { length } = push.frame;
    const known = this.#waiting.get(userId);
    if (known !== undefined && known.bytes + length > WAITING_BYTES_MAX) {
      this.#send(userId, known);
      this.#waiting.delete(userId);
    }
    const waiting = this.#waiting.get(userId) ?? nothing<BusPush>();
    this.#waiting.set(userId, waiting);
    waiting.pushes.push(push);
    waiting.bytes += length;
    this.#flushSoon();
  }

  /** For every gateway, which finds out whom of these it holds. */
  share(userIds: readonly UserId[], push: BusPush): void {
    for (let from = 0; from < userIds.length; from += SHARED_IDS_MAX) {
      this.#share(userIds.slice(from, from + SHARED_IDS_MAX), push);
    }
  }

  #share(userIds: UserId[], push: BusPush): void {
    const bytes = push.frame.length + userIds.length * USER_ID_BYTES;
    if (this.#shared.pushes.length > 0 && this.#shared.bytes + bytes > WAITING_BYTES_MAX) this.#sendShared();
    this.#shared.pushes.push({ userIds, push });
    this.#shared.bytes += bytes;
    this.#flushSoon();
  }

  #flushSoon(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    this.#parts.defer(() => {
      this.#isFlushing = false;
      const waiting = this.#waiting;
      this.#waiting = new Map();
      for (const [userId, pushes] of waiting) this.#send(userId, pushes);
      if (this.#shared.pushes.length > 0) this.#sendShared();
    });
  }

  #send(userId: UserId, { pushes }: Waiting<BusPush>): void {
    const { broker, subjects } = this.#parts;
    broker.publish(subjects.user(userId), encodeCarriedPushes({ pushes }));
  }

  #sendShared(): void {
    const { broker, subjects } = this.#parts;
    const { pushes } = this.#shared;
    this.#shared = nothing();
    broker.publish(subjects.pushes, encodeSharedPushes({ pushes }));
  }
}
