import { figure } from '@hongyan/testkit/plot';
import { rates } from './rates.ts';
import { commonIn, type Plot, type Run } from './run.ts';

const AXIS = { axisTitle: 'deliveries/s', field: 'deliveriesPerSecond' };

export const group: Plot = {
  name: 'group',
  takes: ({ scenario }) => scenario === 'group',
  draw: (runs) => {
    const [groups, members] = [commonIn(runs, 'groups'), commonIn(runs, 'members')];
    const who =
      groups === undefined || members === undefined ? 'Groups' : `${figure(groups)} groups of ${figure(members)}`;
    return rates(runs, { title: 'Messages to groups', description: `${who}. ${descriptionOf(runs)}`, ...AXIS });
  },
};

export const bigGroup: Plot = {
  name: 'big-group',
  takes: ({ scenario }) => scenario === 'big-group',
  draw: (runs) => {
    const members = commonIn(runs, 'members');
    const title = members === undefined ? 'Messages to a big group' : `Messages to a group of ${figure(members)}`;
    return rates(runs, { title, description: descriptionOf(runs), ...AXIS });
  },
};

function descriptionOf(runs: readonly Run[]): string {
  const [clients, members] = [commonIn(runs, 'clients'), commonIn(runs, 'members')];
  const online =
    clients === undefined || members === undefined
      ? 'Members who are online'
      : clients >= members
        ? 'All members are online and'
        : `${figure(clients)} of the members are online and`;
  return (
    `${online} write in turn; a delivery is a message that one of them gets. ` +
    'Latency is from writing a message to having it on a device. Servers and load generator share the machine.'
  );
}
