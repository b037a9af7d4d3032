import type { Clock } from '@hongyan/core';
import type { UserId } from '@hongyan/protocol';
import type { PresenceNews } from '@hongyan/protocol/cluster';
import type { PresenceChannel } from './channel.ts';

/** How long other gateways have for their answers before what is known counts, */
export const ANSWERS_TIMEOUT_MS = 500;
/** and how long an answer is taken for one. */
const FORGOTTEN_AFTER_MS = 10_000;

interface Question {
  userIds: readonly UserId[];
  /** Gateways that have not answered. */
  missing: Set<string>;
  resolve: () => void;
}

/** What other gateways were asked, and who has not answered yet. */
export class Questions {
  readonly #channel: PresenceChannel;
  readonly #clock: Clock;
  readonly #open = new Map<number, Question>();

  constructor(channel: PresenceChannel, clock: Clock) {
    this.#channel = channel;
    this.#clock = clock;
  }

  /** Resolves when all have answered, or there was enough time. */
  ask(userIds: readonly UserId[]): Promise<void> {
    const missing = new Set(this.#channel.gatewayIds());
    if (missing.size === 0 || userIds.length === 0) return Promise.resolve();
    const number = this.#channel.ask(userIds);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#clock.schedule(ANSWERS_TIMEOUT_MS, resolve);
    this.#clock.schedule(FORGOTTEN_AFTER_MS, () => this.#open.delete(number));
    this.#open.set(number, { userIds, missing, resolve });
    return promise;
  }

  /** Of whom the gateway was asked and does not speak: it holds none of their connections. */
  answered({ gatewayId, answers, accounts }: PresenceNews): UserId[] {
    const question = this.#open.get(answers);
    if (question === undefined || !question.missing.delete(gatewayId)) return [];
    const held = new Set(accounts.map(({ userId }) => userId));
    return question.userIds.filter((userId) => !held.has(userId));
  }

  /** What the answer said was taken. */
  settle({ answers }: PresenceNews): void {
    const question = this.#open.get(answers);
    if (question?.missing.size !== 0) return;
    this.#open.delete(answers);
    question.resolve();
  }
}
