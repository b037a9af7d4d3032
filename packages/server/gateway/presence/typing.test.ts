import { ErrorCode, encodeSetting, TypingKind } from '@hongyan/protocol';
import { Relation } from '@hongyan/protocol/cluster';
import { beforeEach, expect, test } from 'vitest';
import { GatewayWorld, settle } from '../../testing/gateway-world.ts';
import type { Peer } from '../../testing/peer.ts';
import { anna, boris, carla, withBoris } from '../../testing/people.ts';
import { TYPING_GATHERED_MS } from './typing-board.ts';

const { TYPING, RECORDING, STOPPED } = TypingKind;

let world: GatewayWorld;

beforeEach(async () => {
  world = await GatewayWorld.create();
});

async function looking(token: string, conversationIds = [withBoris]): Promise<Peer> {
  const peer = await world.online(token, { features: [1, 8] });
  peer.say(50, { case: 'watch', value: { userIds: [], conversationIds } });
  await settle();
  return peer;
}

async function type(peer: Peer, kind: TypingKind, commandId = 0, conversationId = withBoris): Promise<void> {
  peer.say(commandId, { case: 'typing', value: { conversationId, kind } });
  world.clock.advance(TYPING_GATHERED_MS);
  await settle();
}

const kinds = (peer: Peer) => peer.pushes('typingChanged').flatMap(({ typists }) => typists.map(({ kind }) => kind));

test('[PRS-8] typing goes to the others who look at the conversation, and not to who does not or is oneself', async () => {
  const [peer, reader, elsewhere] = [await looking('boris'), await looking('anna'), await looking('annasPhone', [])];
  await type(peer, TYPING);
  expect(reader.pushes('typingChanged')).toEqual([
    { conversationId: withBoris, typists: [{ userId: boris.userId, kind: TYPING }] },
  ]);
  expect([kinds(peer), kinds(elsewhere)]).toEqual([[], []]);
  expect(reader.pushed.filter((kind) => kind !== 'typingChanged')).toEqual(['synced']);
});

test('[PRS-8, SES-5] who is no member neither types nor hears of it; id 0 is not answered', async () => {
  const [peer, stranger] = [await looking('boris'), await looking('carla')];
  expect(stranger.replies(50)).toMatchObject([{ case: 'done' }]);
  const before = stranger.frames.length;
  await type(stranger, TYPING);
  expect(stranger.frames).toHaveLength(before);
  await type(stranger, TYPING, 7);
  expect(stranger.errorOf(7)).toBe(ErrorCode.FORBIDDEN);
  await type(stranger, 99 as TypingKind, 8);
  expect(stranger.errorOf(8)).toBe(ErrorCode.INVALID_ARGUMENT);
  await type(peer, TYPING, 9);
  expect(peer.replies(9)).toMatchObject([{ case: 'done' }]);
  expect(kinds(stranger)).toEqual([]);
});

test('[PRS-8] a device is heard every three seconds at most, and once when it stops', async () => {
  const [peer, reader] = [await looking('boris'), await looking('anna')];
  for (const kind of [TYPING, RECORDING, TYPING, STOPPED, STOPPED]) await type(peer, kind);
  expect(kinds(reader)).toEqual([TYPING, STOPPED]);
  world.clock.advance(3_000);
  await type(peer, RECORDING);
  expect(kinds(reader)).toEqual([TYPING, STOPPED, RECORDING]);
});

test('[PRS-8] nobody hears that somebody invisible types', async () => {
  const [peer, reader] = [await looking('boris'), await looking('anna')];
  const record = { key: 'setting/presence', changedAtMs: 1, value: encodeSetting({ value: 'invisible' }) };
  peer.say(60, { case: 'setRecord', value: { record } });
  await settle();
  await type(peer, TYPING);
  expect(kinds(reader)).toEqual([]);
});

test('[PRS-8] a block ends typing between two, at once when it is said', async () => {
  let relation: Relation = Relation.STRANGER;
  const relations = async (userId: string, others: readonly string[]) =>
    new Map(others.filter((other) => other !== userId).map((other) => [other, relation]));
  world = await GatewayWorld.create({ relations });
  const [peer, reader] = [await looking('boris'), await looking('anna')];
  relation = Relation.BLOCKED;
  const changed = { userId: anna.userId, records: [], relatedUserIds: [boris.userId], conversationId: '' };
  world.gateway.presence.sightChanged(changed);
  await type(peer, TYPING, 5);
  expect([kinds(reader), peer.errorOf(5)]).toEqual([[], ErrorCode.FORBIDDEN]);
  world.clock.advance(10_000);
  await settle();
  await type(peer, TYPING, 6);
  expect([kinds(reader), peer.errorOf(6)]).toEqual([[], ErrorCode.FORBIDDEN]);
});

test('[PRS-8] who is not a member any more hears nothing from the moment on that it is said', async () => {
  const [peer, reader] = [await looking('boris'), await looking('anna')];
  const changed = { userId: '', records: [], relatedUserIds: [anna.userId], conversationId: withBoris };
  world.gateway.presence.sightChanged(changed);
  await type(peer, TYPING);
  expect(kinds(reader)).toEqual([]);
  world.clock.advance(10_000);
  await settle();
  await type(peer, TYPING);
  expect(kinds(reader)).toEqual([TYPING]);
});

test('[PRS-8] in a group those who are blocked are left out for each other only, and in a large one nobody is told', async () => {
  const [small, large] = ['group.g0000000000000001', 'group.g0000000000000002'];
  const crowd = Array.from({ length: 501 }, (_, at) => `u${String(at).padStart(16, '0')}`);
  const people = [anna.userId, boris.userId, carla.userId];
  for (const [conversationId, members] of [
    [small, people],
    [large, [...people, ...crowd]],
  ] as const) {
    const first = { clientMessageId: 'm', clientTimeMs: 0, serverTimeMs: 0, kind: 1, body: Uint8Array.of(1) } as const;
    await world.store.log.append({ conversationId, members, senderId: anna.userId, ...first });
  }
  const blocked = async (userId: string) =>
    new Map<string, Relation>(userId === anna.userId ? [[boris.userId, Relation.BLOCKED]] : []);
  world = new GatewayWorld(world.store, { relations: blocked });
  const [peer, reader, other] = [
    await looking('boris', [small, large]),
    await looking('anna', [small, large]),
    await looking('carla', [small, large]),
  ];
  await type(peer, TYPING, 5, small);
  await type(peer, TYPING, 6, large);
  expect([kinds(reader), kinds(other)]).toEqual([[], [TYPING]]);
  expect(peer.errorOf(6)).toBe(ErrorCode.FORBIDDEN);
});
