import type { Broker } from '@hongyan/core/ports';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** Brokers of as many nodes of one cluster as are asked for, and a cut of one's connection that is mended at once. */
export interface OpenedBrokers {
  open(): Promise<Broker>;
  /** Resolves when every broker has been told that something may be lost. */
  interrupt(): Promise<void>;
  cleanup(): Promise<void>;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (payload: Uint8Array) => new TextDecoder().decode(payload);

/** Collects what comes, and waits for so much of it. */
class Inbox {
  readonly got: string[] = [];
  #awaited: { count: number; resolve: () => void } | undefined;

  readonly receive = (payload: Uint8Array): void => {
    this.got.push(text(payload));
    if (this.#awaited !== undefined && this.got.length >= this.#awaited.count) this.#awaited.resolve();
  };

  async reaches(count: number): Promise<string[]> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#awaited = { count, resolve };
    if (this.got.length < count) await promise;
    return this.got;
  }
}

/** Proves of an adapter what `core/ports/broker.ts` guarantees. */
export function brokerContract(name: string, openBrokers: () => Promise<OpenedBrokers>): void {
  describe(`broker contract: ${name}`, () => {
    let opened: OpenedBrokers;
    let one: Broker;
    let other: Broker;
    beforeEach(async () => {
      opened = await openBrokers();
      [one, other] = await Promise.all([opened.open(), opened.open()]);
    });
    afterEach(() => opened.cleanup());

    /** Resolves once what `from` has published and subscribed so far is known to `to`. */
    async function settled(from: Broker, to: Broker): Promise<void> {
      const inbox = new Inbox();
      const end = to.subscribe('test.settled', inbox.receive);
      for (let tries = 1; inbox.got.length === 0; tries++) {
        from.publish('test.settled', bytes(String(tries)));
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
      end();
    }

    test('[L3] a message reaches all other nodes that subscribe to its subject, and no one else', async () => {
      const third = await opened.open();
      const inboxes = [new Inbox(), new Inbox(), new Inbox(), new Inbox()];
      const [own, second, thirds, elsewhere] = inboxes as [Inbox, Inbox, Inbox, Inbox];
      one.subscribe('test.a', own.receive);
      other.subscribe('test.a', second.receive);
      third.subscribe('test.a', thirds.receive);
      third.subscribe('test.b', elsewhere.receive);
      await Promise.all([settled(one, other), settled(other, one), settled(other, third), settled(one, third)]);
      one.publish('test.a', bytes('hello'));
      expect(await second.reaches(1)).toEqual(['hello']);
      expect(await thirds.reaches(1)).toEqual(['hello']);
      await settled(one, third);
      expect([own.got, elsewhere.got]).toEqual([[], []]);
    });

    test('[P3] what one node sends to a subject arrives in that order', async () => {
      const inbox = new Inbox();
      other.subscribe('test.order', inbox.receive);
      const address = one.address('test.order', () => undefined);
      await settled(one, other);
      const sent = Array.from({ length: 500 }, (_, index) => String(index));
      for (const [index, message] of sent.entries()) {
        if (index % 2 === 0) one.publish('test.order', bytes(message));
        else address.send(bytes(message));
      }
      expect(await inbox.reaches(500)).toEqual(sent);
    });

    test('[L3] nothing comes once a subscription has ended', async () => {
      const [ended, going] = [new Inbox(), new Inbox()];
      const end = other.subscribe('test.end', ended.receive);
      other.subscribe('test.end', going.receive);
      await settled(one, other);
      one.publish('test.end', bytes('first'));
      await going.reaches(1);
      end();
      one.publish('test.end', bytes('second'));
      await going.reaches(2);
      expect(ended.got).toEqual(['first']);
    });

    test('[L3] who writes to an address where nobody listens is told, and not when somebody does', async () => {
      const unheard = Promise.withResolvers<string>();
      one.address('test.nobody', () => unheard.resolve('nobody')).send(bytes('anybody?'));
      expect(await unheard.promise).toBe('nobody');
      const inbox = new Inbox();
      other.subscribe('test.somebody', inbox.receive);
      await settled(one, other);
      let isUnheard = false;
      one
        .address('test.somebody', () => {
          isUnheard = true;
        })
        .send(bytes('hello'));
      await inbox.reaches(1);
      await settled(other, one);
      expect(isUnheard).toBe(false);
    });

    test('[L3] who writes to a node that left is told', async () => {
      const inbox = new Inbox();
      other.subscribe('test.left', inbox.receive);
      await settled(one, other);
      await other.close();
      const unheard = Promise.withResolvers<string>();
      one.address('test.left', () => unheard.resolve('gone')).send(bytes('hello'));
      expect(await unheard.promise).toBe('gone');
    });

    test('[L3, P8] a message that is too large is refused, and the broker goes on', async () => {
      const inbox = new Inbox();
      other.subscribe('test.large', inbox.receive);
      await settled(one, other);
      expect(() => one.publish('test.large', new Uint8Array(one.bytesMax + 1))).toThrow(RangeError);
      one.publish('test.large', new Uint8Array(one.bytesMax).fill(97));
      expect((await inbox.reaches(1))[0]).toHaveLength(one.bytesMax);
    });

    test('[L3, P4] every node is told when messages may have been lost, and its subscriptions go on', async () => {
      const inbox = new Inbox();
      other.subscribe('test.again', inbox.receive);
      await settled(one, other);
      const told = [one, other].map((broker) => new Promise<void>((resolve) => broker.onRestored(resolve)));
      await opened.interrupt();
      await Promise.all(told);
      await settled(one, other);
      one.publish('test.again', bytes('still there'));
      expect(await inbox.reaches(1)).toEqual(['still there']);
    });
  });
}
