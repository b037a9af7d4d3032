import type { Broker, Bus, BusMessage } from '@hongyan/core';
import type { UserId } from '@hongyan/protocol';
import { type CarriedPush, decodeCarriedPushes, encodeCarriedPushes } from '@hongyan/protocol/cluster';
import type { Subjects } from './subjects.ts';

/** One account's pushes go out before the turn ends when they are more than this. */
const WAITING_BYTES_MAX = 128 * 1024;

export interface BrokerBusParts {
  broker: Broker;
  subjects: Subjects;
  /** Carries pushes within this node. */
  local: Bus;
  /** Runs a task once the present turn's work is done. */
  defer: (task: () => void) => void;
}

interface Waiting {
  pushes: CarriedPush[];
  bytes: number;
}

/** Whom a node listens for, and how often. */
interface Interest {
  count: number;
  end: () => void;
}

/**
 * The bus of a cluster: a gateway subscribes at the broker to the accounts whose connections it holds, so that a node that dies
 * takes its routes with it. What is published to one account within a turn shares a message.
 */
export class BrokerBus implements Bus {
  readonly #parts: BrokerBusParts;
  readonly #interests = new Map<UserId, Interest>();
  #waiting = new Map<UserId, Waiting>();

  constructor(parts: BrokerBusParts) {
    this.#parts = parts;
  }

  publish(message: BusMessage): void {
    const { local, defer } = this.#parts;
    local.publish(message);
    const { userId, frame, exceptSessionId } = message;
    if (this.#waiting.size === 0) defer(() => this.#flush());
    let waiting = this.#waiting.get(userId);
    if (waiting !== undefined && waiting.bytes + frame.length > WAITING_BYTES_MAX) {
      this.#send(userId, waiting);
      waiting = undefined;
    }
    if (waiting === undefined) {
      waiting = { pushes: [], bytes: 0 };
      this.#waiting.set(userId, waiting);
    }
    waiting.pushes.push({ frame, exceptSessionId });
    waiting.bytes += frame.length;
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
    };
  }

  #listen(userId: UserId): Interest {
    const { broker, subjects, local } = this.#parts;
    const end = broker.subscribe(subjects.user(userId), (payload) => {
      for (const push of decodeCarriedPushes(payload).pushes) local.publish({ userId, ...push });
    });
    const interest = { count: 0, end };
    this.#interests.set(userId, interest);
    return interest;
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = new Map();
    for (const [userId, pushes] of waiting) this.#send(userId, pushes);
  }

  #send(userId: UserId, { pushes }: Waiting): void {
    const { broker, subjects } = this.#parts;
    broker.publish(subjects.user(userId), encodeCarriedPushes({ pushes }));
  }
}
