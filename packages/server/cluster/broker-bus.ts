import type { Broker, Bus, BusMessage, BusPush } from '@hongyan/core';
import type { UserId } from '@hongyan/protocol';
import { decodeCarriedPushes, decodeSharedPushes, Role } from '@hongyan/protocol/cluster';
import { PushOutbox } from './push-outbox.ts';
import type { Roster } from './roster.ts';
import type { Subjects } from './subjects.ts';

export interface BrokerBusParts {
  broker: Broker;
  subjects: Subjects;
  roster: Roster;
  /** Carries pushes within this node. */
  local: Bus;
  /** Runs a task once the present turn's work is done. */
  defer: (task: () => void) => void;
}

/** Whom a node listens for, and how often. */
interface Interest {
  count: number;
  end: () => void;
}

/**
 * The bus of a cluster: a gateway subscribes at the broker to the accounts whose connections it holds, so that a node that dies
 * takes its routes with it. What is for more accounts than there are gateways goes to every gateway once.
 */
export class BrokerBus implements Bus {
  readonly #parts: BrokerBusParts;
  readonly #outbox: PushOutbox;
  readonly #interests = new Map<UserId, Interest>();
  #endOfShared: (() => void) | undefined;

  constructor(parts: BrokerBusParts) {
    this.#parts = parts;
    this.#outbox = new PushOutbox(parts);
  }

  publish(message: BusMessage): void {
    this.#parts.local.publish(message);
    const { userId, ...push } = message;
    this.#outbox.add(userId, push);
  }

  publishToAll(userIds: readonly UserId[], push: BusPush): void {
    this.#parts.local.publishToAll(userIds, push);
    if (this.#areMoreThanGateways(userIds)) this.#outbox.share(userIds, push);
    else for (const userId of userIds) this.#outbox.add(userId, push);
  }

  #areMoreThanGateways({ length }: readonly UserId[]): boolean {
    return length > 2 && length > this.#parts.roster.serving(Role.GATEWAY).length;
  }

  subscribe(userId: UserId, receive: (message: BusMessage) => void): () => void {
    const end = this.#parts.local.subscribe(userId, receive);
    const interest = this.#interests.get(userId) ?? this.#listen(userId);
    interest.count += 1;
    return () => {
      end();
      interest.count -= 1;
      if (interest.count > 0) return;
      interest.end();
      this.#interests.delete(userId);
      if (this.#interests.size > 0) return;
      this.#endOfShared?.();
      this.#endOfShared = undefined;
    };
  }

  #listen(userId: UserId): Interest {
    const { broker, subjects, local } = this.#parts;
    this.#endOfShared ??= broker.subscribe(subjects.pushes, (payload) => this.#receiveShared(payload));
    const end = broker.subscribe(subjects.user(userId), (payload) => {
      for (const push of decodeCarriedPushes(payload).pushes) local.publish({ userId, ...push });
    });
    const interest = { count: 0, end };
    this.#interests.set(userId, interest);
    return interest;
  }

  #receiveShared(payload: Uint8Array): void {
    for (const { userIds, push } of decodeSharedPushes(payload).pushes) {
      if (push !== undefined) this.#parts.local.publishToAll(userIds, push);
    }
  }
}
