import { type Announcement, NodeState, Role } from '@hongyan/protocol/cluster';
import { beforeEach, expect, test } from 'vitest';
import { createTickets } from '../auth/tickets.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import type { GatewayAnswer } from './allocations.ts';
import { allocationsAlone } from './alone.ts';
import { AllocationDesk } from './desk.ts';

let clock: ManualClock;
let desk: AllocationDesk;
beforeEach(() => {
  clock = new ManualClock();
  desk = newDesk(clock);
});

function newDesk(at: ManualClock): AllocationDesk {
  const tickets = createTickets(Uint8Array.of(7), at);
  return new AllocationDesk({ site: 'a', tickets, clock: at, fraction: () => 0.5 });
}

const node = (nodeId: string, load: Partial<NonNullable<Announcement['gateway']>> = {}): Announcement => ({
  nodeId,
  roles: [Role.GATEWAY],
  state: NodeState.SERVING,
  restored: 0,
  asks: false,
  gateway: {
    connections: 0,
    connectionsMax: 1_000,
    handshakesPerSecond: 1_000,
    loadLevel: 0,
    site: 'a',
    url: `https://${nodeId}.example.org`,
    tcpPort: 0,
    ...load,
  },
});

const ask = (deviceId = 'd0000000000000001', ticket?: string) => desk.allocate({ deviceId, ticket });
const urls = (answer: GatewayAnswer) =>
  answer.status === 'allocated' ? answer.gateways.map(({ url }) => url) : answer.status;

function open(): void {
  desk.start();
  clock.advance(1_500);
}

test('[A6] a desk that has just begun answers once all nodes had time to announce themselves', async () => {
  let answered = false;
  const asked = ask().then((answer) => {
    answered = true;
    return answer;
  });
  desk.start();
  clock.advance(1_000);
  desk.hear(node('g1'));
  await Promise.resolve();
  expect(answered).toBe(false);
  clock.advance(500);
  expect(urls(await asked)).toEqual(['https://g1.example.org']);
});

test('[A6] who waits for a desk that ends is answered all the same', async () => {
  desk.start();
  const asked = ask();
  desk.close();
  expect(clock.timerCount).toBe(0);
  expect(await asked).toMatchObject({ status: 'queued' });
});

test('[A6] answers say where gateways are reached and for how long that is good; those behind one address are one', async () => {
  open();
  desk.hear(node('g1', { url: 'https://lb.example.org', tcpPort: 8081 }));
  desk.hear(node('g2', { url: 'https://lb.example.org', tcpPort: 8081 }));
  expect(await ask()).toEqual({
    status: 'allocated',
    gateways: [{ url: 'https://lb.example.org', tcpPort: 8081 }],
    keepForMs: 3_600_000,
  });
  desk.hear(node('g1', { url: '' }));
  desk.hear({ ...node('g2'), state: NodeState.LEAVING });
  expect(await ask()).toMatchObject({ gateways: [{ url: '', tcpPort: undefined }] });
});

test('[A6, L1] nobody is sent to a node that leaves, and nodes that are no gateways are passed over', async () => {
  open();
  desk.hear(node('g1'));
  desk.hear(node('g2'));
  desk.hear({ ...node('logic'), gateway: undefined });
  expect(urls(await ask())).toHaveLength(2);
  desk.hear({ ...node('g1'), state: NodeState.LEAVING });
  expect(urls(await ask())).toEqual(['https://g2.example.org']);
});

test('[A6] where all is full the ticket keeps the place, for its device alone, on every node', async () => {
  open();
  desk.hear(node('g1', { connections: 1_000 }));
  const [first, second] = [await ask('d1'), await ask('d2')];
  expect([first, second]).toMatchObject([
    { status: 'queued', place: 1 },
    { status: 'queued', place: 2 },
  ]);
  if (second.status !== 'queued') throw new Error('the second one waits');
  expect(second.retryAfterMs).toBeGreaterThan(0);
  expect(await ask('d2', second.ticket)).toMatchObject({ place: 2 });
  expect(await ask('d3', second.ticket)).toMatchObject({ place: 3 });
  expect(await ask('d2', 'forged')).toMatchObject({ place: 4 });
  desk = newDesk(clock);
  open();
  desk.hear(node('g1', { connections: 1_000 }));
  expect(await ask('d4')).toMatchObject({ place: 1 });
  const kept = await ask('d2', second.ticket);
  expect(kept).toMatchObject({ status: 'queued', place: 1 });
});

test('[A6, L3] desks share what a gateway takes in a second', async () => {
  const allocatedAtOnce = async (desks: number) => {
    desk = newDesk(clock);
    open();
    desk.sharedBy(desks);
    desk.hear(node('g1', { handshakesPerSecond: 200 }));
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask()));
    return answers.filter(({ status }) => status === 'allocated').length;
  };
  expect([await allocatedAtOnce(1), await allocatedAtOnce(4)]).toEqual([20, 5]);
});

test('[A6] a server that is the only one lets everybody stay, for a day', async () => {
  expect(await allocationsAlone.allocate({ deviceId: 'd1', ticket: undefined })).toEqual({
    status: 'allocated',
    gateways: [],
    keepForMs: 86_400_000,
  });
});
