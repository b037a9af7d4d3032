import type { Address, Broker, Clock } from '@hongyan/core';

const BYTES_MAX = 1024 * 1024;

/** How one message fares on its way: after how long it arrives, or not at all. */
export type Passage = { arrives: false } | { arrives: true; afterMs: number };

/** The process of a node. */
export interface NodeEnd {
  isAlive: () => boolean;
  /** Runs a task that comes from outside, if and when the process can. */
  enter: (task: () => void) => void;
}

const ALWAYS: NodeEnd = { isAlive: () => true, enter: (task) => task() };

export interface NetworkParts {
  clock: Clock;
  /** Decides for a message between two nodes. */
  passage: (from: string, to: string) => Passage;
}

interface Subscription {
  node: string;
  receive: (payload: Uint8Array) => void;
}

/** A broker between nodes in one process, as lossy and slow as it is told to be. */
export class BrokerNetwork {
  readonly #parts: NetworkParts;
  readonly #subscriptions = new Map<string, Set<Subscription>>();
  readonly #restored = new Map<string, Set<() => void>>();
  /** Nothing on a way between two nodes arrives before what was sent earlier. */
  readonly #arrivals = new Map<string, number>();

  constructor(parts: NetworkParts) {
    this.#parts = parts;
  }

  /** A node's own end. What comes to it goes through `enter`; once it is not alive, nothing of it is heard. */
  connect(node: string, { isAlive, enter }: NodeEnd = ALWAYS): Broker {
    const own = new Set<() => void>();
    const send = (subject: string, payload: Uint8Array, unheard?: () => void) => {
      if (payload.length > BYTES_MAX) throw new RangeError('a message larger than the broker takes');
      if (isAlive()) this.#send(node, subject, payload, unheard && (() => enter(unheard)));
    };
    return {
      bytesMax: BYTES_MAX,
      publish: (subject, payload) => send(subject, payload),
      subscribe: (subject, receive) =>
        this.#subscribe(subject, { node, receive: (payload) => enter(() => receive(payload)) }),
      address: (subject, unheard): Address => ({
        send: (payload) => send(subject, payload, unheard),
        close: () => undefined,
      }),
      onRestored: (listener) => {
        const told = () => enter(listener);
        own.add(told);
        this.#restored.set(node, own);
        return () => void own.delete(told);
      },
      close: async () => this.leave(node),
    };
  }

  /** The node's connection ends: it listens to nothing any more. */
  leave(node: string): void {
    this.#restored.delete(node);
    for (const [subject, subscriptions] of this.#subscriptions) {
      for (const subscription of subscriptions) if (subscription.node === node) subscriptions.delete(subscription);
      if (subscriptions.size === 0) this.#subscriptions.delete(subject);
    }
  }

  /** Tells nodes that messages may have been lost. */
  restore(isConcerned: (node: string) => boolean = () => true): void {
    for (const [node, listeners] of this.#restored) {
      if (isConcerned(node)) for (const listener of [...listeners]) listener();
    }
  }

  #subscribe(subject: string, subscription: Subscription): () => void {
    const subscriptions = this.#subscriptions.get(subject) ?? new Set();
    subscriptions.add(subscription);
    this.#subscriptions.set(subject, subscriptions);
    return () => {
      subscriptions.delete(subscription);
      if (subscriptions.size === 0 && this.#subscriptions.get(subject) === subscriptions) {
        this.#subscriptions.delete(subject);
      }
    };
  }

  #send(from: string, subject: string, payload: Uint8Array, unheard: (() => void) | undefined): void {
    const others = [...(this.#subscriptions.get(subject) ?? [])].filter(({ node }) => node !== from);
    if (others.length === 0 && unheard !== undefined) this.#deliver(from, from, unheard);
    for (const subscription of others) {
      const copy = Uint8Array.from(payload);
      this.#deliver(from, subscription.node, () => {
        if (this.#subscriptions.get(subject)?.has(subscription)) subscription.receive(copy);
      });
    }
  }

  #deliver(from: string, to: string, task: () => void): void {
    const { clock, passage } = this.#parts;
    const way = `${from} ${to}`;
    const found = passage(from, to);
    if (!found.arrives) return;
    const arrivesMs = Math.max(clock.now() + found.afterMs, this.#arrivals.get(way) ?? 0);
    this.#arrivals.set(way, arrivesMs);
    clock.schedule(arrivesMs - clock.now(), task);
  }
}
