import { directConversationId, type Presence, PresenceState, TypingKind } from '@hongyan/protocol';
import { BrokerNetwork } from '@hongyan/testkit/broker';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Peer } from '../testing/peer.ts';
import { type PresenceNode, PresenceWorld, personOf } from '../testing/presence-world.ts';

const { OFFLINE, ONLINE, AWAY } = PresenceState;

async function cluster(nodeIds: readonly string[]) {
  const world = new PresenceWorld((parts) => new BrokerNetwork(parts));
  const nodes = nodeIds.map((nodeId) => world.node(nodeId));
  await world.pass(3_000);
  for (const node of nodes) node.sent.length = 0;
  return { world, nodes: nodes as [PresenceNode, PresenceNode, PresenceNode] };
}

/** How somebody looks to a peer after all that it was told. */
function looks(peer: Peer, person: number): Pick<Presence, 'state' | 'devices'> {
  const told = peer.pushes('presenceChanged').flatMap(({ presences }) => presences);
  return told.findLast(({ userId }) => userId === personOf(person).userId) ?? { state: OFFLINE, devices: [] };
}

test('[PRS-7, L3] who is at another gateway is known before Watch is answered, and every change of it soon', async () => {
  const { world, nodes } = await cluster(['a', 'b', 'c']);
  const peer = await world.online(nodes[1], 2);
  const watcher = await world.online(nodes[0], 1);
  await world.watch(watcher, [2, 3]);
  expect(watcher.replies(50)).toMatchObject([{ case: 'done' }]);
  expect(looks(watcher, 2)).toMatchObject({ state: ONLINE });
  peer.say(2, { case: 'stateDevice', value: { kind: 3, isIdle: true } });
  await world.online(nodes[2], 3);
  await world.pass(2_000);
  expect(looks(watcher, 2)).toMatchObject({ state: AWAY, devices: [{ kind: 3, isIdle: true }] });
  expect(looks(watcher, 3)).toMatchObject({ state: ONLINE });
  peer.session?.connectionLost();
  await world.pass(12_000);
  expect(looks(watcher, 2)).toMatchObject({ state: OFFLINE });
});

test('[PRS-7] a person who comes is one message, and nobody hears it where nobody watches', async () => {
  const { world, nodes } = await cluster(['a', 'b', 'c']);
  const watchers = [await world.online(nodes[0], 1), await world.online(nodes[0], 2)];
  for (const watcher of watchers) await world.watch(watcher, [9]);
  await world.pass(1_000);
  for (const node of nodes) node.sent.length = 0;
  await world.online(nodes[1], 9);
  await world.pass(2_000);
  expect(nodes[1].sent.filter((subject) => subject.startsWith('presence'))).toEqual(['presence']);
  for (const watcher of watchers) expect(looks(watcher, 9)).toMatchObject({ state: ONLINE });
});

test('[PRS-5] what may be seen changes on every gateway', async () => {
  const { world, nodes } = await cluster(['a', 'b']);
  const peer = await world.online(nodes[1], 2);
  const watcher = await world.online(nodes[0], 1);
  await world.watch(watcher, [2]);
  world.choose(peer, 'presence-visible', 'nobody');
  await world.pass(2_000);
  expect(looks(watcher, 2)).toMatchObject({ state: OFFLINE, lastSeenMs: 0 });
});

test('[PRS-7] a gateway that dies, or is frozen, leaves nobody there for ever; when it is back, so are they', async () => {
  const { world, nodes } = await cluster(['a', 'b', 'c']);
  await world.online(nodes[1], 2);
  await world.online(nodes[2], 3);
  const watcher = await world.online(nodes[0], 1);
  await world.watch(watcher, [2, 3]);
  nodes[1].process.die();
  nodes[2].process.freeze();
  await world.pass(5_000);
  expect(looks(watcher, 2)).toMatchObject({ state: ONLINE });
  await world.pass(15_000);
  expect([looks(watcher, 2), looks(watcher, 3)]).toMatchObject([{ state: OFFLINE }, { state: OFFLINE }]);
  nodes[2].process.thaw();
  await world.pass(5_000);
  expect([looks(watcher, 2), looks(watcher, 3)]).toMatchObject([{ state: OFFLINE }, { state: ONLINE }]);
});

test('[PRS-8] typing goes to who looks at the conversation at another gateway', async () => {
  const { world, nodes } = await cluster(['a', 'b']);
  const conversationId = directConversationId(personOf(1).userId, personOf(2).userId);
  await world.store.accounts.createUser({ ...account(1) });
  await world.store.accounts.createUser({ ...account(2) });
  const [reader, peer] = [await world.online(nodes[0], 1), await world.online(nodes[1], 2)];
  await world.watch(reader, [], [conversationId]);
  await world.watch(peer, [], [conversationId]);
  peer.say(0, { case: 'typing', value: { conversationId, kind: TypingKind.RECORDING } });
  await world.pass(1_000);
  const typists = [{ userId: personOf(2).userId, kind: TypingKind.RECORDING }];
  expect(reader.pushes('typingChanged')).toEqual([{ conversationId, typists }]);
});

const account = (person: number) => ({
  userId: personOf(person).userId,
  handle: `p${person}`,
  displayName: '',
  statusLine: '',
  passwordHash: '',
  createdAtMs: 0,
});

type Deed =
  | { do: 'come' | 'go' | 'rest' | 'work'; person: number; node: number }
  | { do: 'choose' | 'hide'; person: number; value: string }
  | { do: 'cut' | 'freeze' | 'overload'; node: number; forMs: number };

const person = fc.integer({ min: 2, max: 4 });
const node = fc.integer({ min: 0, max: 2 });
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ do: fc.constantFrom('come', 'go', 'rest', 'work'), person, node }),
  fc.record({ do: fc.constant('choose'), person, value: fc.constantFrom('', 'away', 'invisible', 'do-not-disturb') }),
  fc.record({ do: fc.constant('hide'), person, value: fc.constantFrom('everyone', 'nobody') }),
  fc.record({ do: fc.constantFrom('cut', 'freeze', 'overload'), node, forMs: fc.integer({ min: 0, max: 20_000 }) }),
);

test('[PRS-7] whatever happened, what a watcher is shown comes to be what is once nothing changes any more', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ deed, afterMs: fc.constantFrom(0, 300, 5_000) }), { maxLength: 15 }),
      async (deeds) => {
        const { world, nodes } = await cluster(['a', 'b', 'c']);
        const present = new Map<string, Peer>();
        const watcher = await world.online(nodes[0], 1);
        await world.watch(watcher, [2, 3, 4]);
        let isCut = -1;
        world.isLost = (from, to) =>
          isCut >= 0 &&
          (from === to ? false : ['a', 'b', 'c'].indexOf(from) === isCut || ['a', 'b', 'c'].indexOf(to) === isCut);
        for (const { deed, afterMs } of deeds) {
          if ('person' in deed) {
            if ('node' in deed) {
              const key = `${deed.person} ${deed.node}`;
              const at = nodes[deed.node];
              const peer = present.get(key);
              if (deed.do === 'come' && peer === undefined && at) present.set(key, await world.online(at, deed.person));
              if (deed.do === 'go') {
                peer?.session?.connectionLost();
                present.delete(key);
              }
              const isIdle = deed.do === 'rest';
              if (isIdle || deed.do === 'work') peer?.say(9, { case: 'stateDevice', value: { kind: 1, isIdle } });
            } else {
              const [peer] = [...present].flatMap(([key, one]) => (key.startsWith(`${deed.person} `) ? [one] : []));
              if (peer) world.choose(peer, deed.do === 'hide' ? 'presence-visible' : 'presence', deed.value);
            }
          } else if (deed.do === 'cut') {
            isCut = deed.node;
            await world.pass(deed.forMs, 500);
            isCut = -1;
            world.network.restore();
          } else if (deed.do === 'freeze' && deed.node > 0) {
            nodes[deed.node]?.process.freeze();
            await world.pass(deed.forMs, 500);
            nodes[deed.node]?.process.thaw();
          } else if (deed.do === 'overload') {
            const at = nodes[deed.node];
            if (at) at.delayMs = 2_000;
            await world.pass(deed.forMs, 500);
            if (at) at.delayMs = 0;
          }
          await world.pass(afterMs, 500);
        }
        await world.pass(180_000, 1_000);
        const fresh = await world.online(nodes[1], 5);
        await world.watch(fresh, [2, 3, 4]);
        await world.pass(2_000);
        const plainly = (peer: Peer) => [2, 3, 4].map((one) => [looks(peer, one).state, looks(peer, one).devices]);
        expect(plainly(watcher)).toEqual(plainly(fresh));
        for (const one of [2, 3, 4]) {
          const isThere = [...present.keys()].some((key) => key.startsWith(`${one} `));
          if (!isThere) expect(looks(watcher, one)).toMatchObject({ state: OFFLINE });
        }
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
