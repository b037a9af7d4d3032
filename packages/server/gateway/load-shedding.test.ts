import { CloseCode, ErrorCode, PLAIN_PING } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { createInProcessBus } from '../adapters/bus/inprocess/bus.ts';
import { createLogic } from '../logic/index.ts';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import { withBoris } from '../testing/people.ts';
import { LoadShedding } from './load-shedding.ts';

const SAMPLE_INTERVAL_MS = 500;

/** A world whose event loop is as late as the test says. */
async function lateWorld() {
  const loop = { delayMs: 0 };
  let randoms = 0;
  const random = { bytes: (count: number) => new Uint8Array(count).fill(++randoms * 37) };
  const load = new LoadShedding({ random, eventLoopDelay: { takeMs: () => loop.delayMs } });
  const world = await GatewayWorld.create({ load });
  const raise = (level: number) => {
    loop.delayMs = 10_000;
    world.clock.advance(level * SAMPLE_INTERVAL_MS);
    loop.delayMs = [0, 300, 400, 500, 650, 800, 1_000][level] ?? 0;
  };
  return { world, load, raise };
}

const fetchEntries = {
  case: 'fetchEntries',
  value: { conversationId: withBoris, afterSeq: 0, beforeSeq: 0, limit: 10 },
} as const;
const fetchConversation = { case: 'fetchConversation', value: { conversationId: withBoris, limit: 10 } } as const;
const advance = { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 1, readSeq: 1 } } as const;

test.each([
  [0, []],
  [1, []],
  [2, []],
  [3, ['history']],
  [4, ['history', 'state']],
  [5, ['history', 'state', 'handshake']],
  [6, ['history', 'state', 'handshake', 'message']],
])('[LOD-5] at level %i it refuses %j, and Ping and AdvanceCursor are taken', async (level, refused) => {
  const { world, raise } = await lateWorld();
  const peer = await world.online('anna');
  peer.send(2, 'first');
  await settle();
  raise(level);
  const late = await world.online('boris');
  peer.say(3, fetchEntries);
  peer.say(4, fetchConversation);
  peer.send(5, 'second');
  peer.say(6, advance);
  peer.say(7, { case: 'ping', value: PLAIN_PING });
  await settle();
  const isRefused = (command: number) => peer.errorOf(command) === ErrorCode.OVERLOADED;
  expect({
    history: isRefused(3),
    state: isRefused(4),
    handshake: late.closedWith === CloseCode.OVERLOADED,
    message: isRefused(5),
  }).toEqual({
    history: refused.includes('history'),
    state: refused.includes('state'),
    handshake: refused.includes('handshake'),
    message: refused.includes('message'),
  });
  expect(peer.replies(6)).toMatchObject([{ case: 'done' }]);
  expect(peer.replies(7)).toMatchObject([{ case: 'pong' }]);
});

test('[LOD-5] a comparison that is shed is a heartbeat all the same', async () => {
  const { load, world, raise } = await lateWorld();
  const peer = await world.online('anna');
  const ping = { case: 'ping', value: { ...PLAIN_PING, compare: true, userSeq: 9 } } as const;
  peer.say(7, ping);
  await settle();
  raise(2);
  peer.say(8, ping);
  await settle();
  expect(peer.replies(7)).toMatchObject([{ case: 'pong', value: { differs: true } }]);
  expect(peer.replies(8)).toMatchObject([{ case: 'pong', value: { differs: false } }]);
  expect(load.shed.get('comparison')).toBe(1);
});

test('[SES-17] a comparison that was asked for and shed is asked for again when there is time for it, and no other', async () => {
  const { world, raise } = await lateWorld();
  const [anna, boris] = [await world.online('anna'), await world.online('boris')];
  world.gateway.askToCompare(new Set([anna.welcome?.sessionId ?? '']));
  raise(2);
  for (const peer of [anna, boris]) peer.say(7, { case: 'ping', value: { ...PLAIN_PING, compare: true, userSeq: 9 } });
  await settle();
  world.clock.advance(SAMPLE_INTERVAL_MS);
  expect(anna.pushes('comparisonWanted')).toHaveLength(1);
  raise(0);
  await settle();
  world.clock.advance(20_000);
  await settle();
  expect(anna.pushes('comparisonWanted')).toHaveLength(2);
  expect(boris.pushes('comparisonWanted')).toHaveLength(0);
});

test('[LOD-5] the advice of refusals is spread', async () => {
  const { world, raise } = await lateWorld();
  const peer = await world.online('anna');
  raise(3);
  for (let command = 10; command < 20; command++) peer.say(command, fetchEntries);
  await settle();
  const advice = Array.from({ length: 10 }, (_, n) => peer.replies(10 + n)[0]).map((body) =>
    body?.case === 'error' ? body.value.retryAfterMs : 0,
  );
  expect(Math.min(...advice)).toBeGreaterThanOrEqual(1_000);
  expect(Math.max(...advice)).toBeLessThan(4_000);
  expect(new Set(advice).size).toBeGreaterThan(5);
});

test('[LOD-5] receipts that are shed come together, later', async () => {
  const { load, raise, world: watched } = await lateWorld();
  const { clock, store } = watched;
  const bus = createInProcessBus();
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const logic = createLogic({ store, bus, clock, logger, receiptDelayMs: () => load.receiptDelayMs });
  const world = new GatewayWorld(store, { logic, bus, clock });
  const [reader, writer] = [await world.online('anna'), await world.online('boris')];
  for (const command of [2, 3]) writer.send(command, 'x');
  await settle();
  raise(4);
  const read = (readSeq: number) =>
    reader.say(0, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: readSeq, readSeq } });
  read(1);
  clock.advance(1_000);
  read(2);
  await settle();
  expect(writer.pushes('receipt')).toEqual([]);
  clock.advance(1_100);
  await settle();
  expect(writer.pushes('receipt')).toMatchObject([{ readSeq: 2 }]);
});

test('[LOD-6] a store that does not finish sends is noticed, and let recover', async () => {
  const { store } = await GatewayWorld.create();
  const release: (() => void)[] = [];
  const append: typeof store.log.append = (request) =>
    new Promise<void>((resolve) => release.push(resolve)).then(() => store.log.append(request));
  const load = new LoadShedding({
    random: { bytes: (count) => new Uint8Array(count) },
    eventLoopDelay: { takeMs: () => 0 },
  });
  const world = new GatewayWorld({ ...store, log: { ...store.log, append } }, { load });
  const peer = await world.online('anna');
  peer.send(2, 'slow');
  await settle();
  world.clock.advance(1_000);
  expect(load.level).toBe(0);
  world.clock.advance(7_000);
  expect(load.level).toBe(6);
  for (const go of release.splice(0)) go();
  await settle();
  world.clock.advance(15_000);
  expect(load.level).toBe(0);
});
