import { figure } from '@hongyan/testkit/plot';
import { rates } from './rates.ts';
import { commonIn, type Plot } from './run.ts';

export const direct: Plot = {
  name: 'direct',
  takes: ({ scenario }) => scenario === 'direct',
  draw: (runs) => {
    const clients = commonIn(runs, 'clients');
    const people = clients === undefined ? 'People' : `${figure(clients)} people`;
    return rates(runs, {
      title: 'Direct messages',
      description:
        `${people} in pairs who write to each other; each message is committed with fsync before it is acknowledged. ` +
        'Latency is from writing a message to having it on the other device. Servers and load generator share the machine.',
      axisTitle: 'messages/s, end to end',
      field: 'messagesPerSecond',
    });
  },
};
