import type { Broker } from '@hongyan/core/ports';
import { openNatsBroker } from '@hongyan/server/adapters/broker/nats/index.ts';
import { startNats, type TestNats } from '@hongyan/server/adapters/broker/nats/testing/server.ts';
import { afterAll, beforeAll } from 'vitest';
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
