import type { Broker } from '@hongyan/core/ports';
import { openNatsBroker } from '@hongyan/server/adapters/broker/nats/index.ts';
import { startNats, type TestNats } from '@hongyan/server/adapters/broker/nats/testing/server.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokerContract } from './broker.ts';

let server: TestNats;
beforeAll(async () => {
  server = await startNats();
});
afterAll(() => server[Symbol.asyncDispose]());

brokerContract('nats', async () => {
  const brokers: Broker[] = [];
  return {
    async open() {
      const broker = await openNatsBroker({ url: server.url });
      brokers.push(broker);
      return broker;
    },
    async interrupt() {
      const told = brokers.map((broker) => new Promise<void>((resolve) => broker.onRestored(resolve)));
      await server.kill();
      await server.start();
      await Promise.all(told);
    },
    async cleanup() {
      await Promise.all(brokers.map((broker) => broker.close()));
    },
  };
});

test('[P9] a message that is not understood is told of, and those behind it are received', async () => {
  const told = Promise.withResolvers<string>();
  const [sender, receiver] = await Promise.all([
    openNatsBroker({ url: server.url }),
    openNatsBroker({ url: server.url, onError: (error, subject) => told.resolve(`${subject}: ${String(error)}`) }),
  ]);
  const understood = Promise.withResolvers<number>();
  const listening = Promise.withResolvers<void>();
  receiver.subscribe('test.odd', ([first = 0]) => {
    listening.resolve();
    if (first === 1) throw new RangeError('odd');
    if (first === 2) understood.resolve(first);
  });
  const knocking = setInterval(() => sender.publish('test.odd', Uint8Array.of(0)), 10);
  await listening.promise;
  clearInterval(knocking);
  sender.publish('test.odd', Uint8Array.of(1));
  sender.publish('test.odd', Uint8Array.of(2));
  expect(await told.promise).toBe('test.odd: RangeError: odd');
  expect(await understood.promise).toBe(2);
  await Promise.all([sender.close(), receiver.close()]);
});
