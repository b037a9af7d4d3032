import { BrokerNetwork } from '../faults/broker.ts';
import { brokerContract } from './broker.ts';

const clock = {
  now: () => 0,
  schedule(_delayMs: number, task: () => void) {
    queueMicrotask(task);
    return () => undefined;
  },
};

brokerContract('simulated', async () => {
  const network = new BrokerNetwork({ clock, passage: () => ({ arrives: true, afterMs: 0 }) });
  let nodes = 0;
  return {
    open: async () => network.connect(`node ${++nodes}`),
    interrupt: async () => network.restore(),
    cleanup: async () => undefined,
  };
});
