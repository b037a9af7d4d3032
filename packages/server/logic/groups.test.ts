import { GROUP_FOUNDERS_MAX } from '@hongyan/core';
import { decodeGroupCreated, ErrorCode, type UserId } from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import { anna, boris, carla } from '../testing/people.ts';
import { createGroup, type NewGroup } from './groups.ts';

let world: GatewayWorld;
let randomByte = 0;

beforeEach(async () => {
  world = await GatewayWorld.create();
});

const make = (group: Partial<NewGroup> = {}, creator: UserId = anna.userId) => {
  const { store, bus, clock } = world;
  const random = { bytes: (count: number) => new Uint8Array(count).fill(++randomByte) };
  const members = [boris.userId, carla.userId];
  return createGroup({ store, bus, clock, random }, creator, {
    name: 'Geese',
    members,
    clientMessageId: 'g1',
    ...group,
  });
};

describe('groups', () => {
  test('[E1] its members hear of a group, and write into it', async () => {
    const [a, b] = [await world.online('anna'), await world.online('boris')];
    const group = await make();
    expect(b.pushes('userEvent')).toMatchObject([{ event: { value: { conversationId: group } } }]);
    const [created] = b.pushes('entry');
    expect(created).toMatchObject({ conversationId: group, seq: 1, senderId: anna.userId });
    expect(decodeGroupCreated(created?.body ?? new Uint8Array())).toEqual({ name: 'Geese' });
    a.send(2, 'hello all', 'm1', group);
    await settle();
    expect(b.pushes('entry').map(({ seq }) => seq)).toEqual([1, 2]);
    const later = await world.online('carla');
    const [update] = later.pushes('conversationUpdate');
    expect(update?.state).toMatchObject({ conversationId: group, lastSeq: 2, unreadCount: 1 });
    expect(update?.entries.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  test('[E1, P6] nobody else reads or writes it, and there is no group that nobody made', async () => {
    const group = await make({ members: [boris.userId] });
    const stranger = await world.online('carla');
    stranger.send(2, 'let me in', 'm1', group);
    stranger.say(3, { case: 'fetchConversation', value: { conversationId: group, limit: 10 } });
    stranger.send(4, 'anybody?', 'm2', `group.g${'7'.repeat(16)}`);
    await settle();
    expect([2, 3, 4].map((command) => stranger.errorOf(command))).toEqual([
      ErrorCode.FORBIDDEN,
      ErrorCode.FORBIDDEN,
      ErrorCode.FORBIDDEN,
    ]);
    expect(stranger.pushes('entry')).toEqual([]);
  });

  test('[LOG-2, E1] a group asked for twice under one name is one group', async () => {
    expect(await make()).toBe(await make());
    expect(await make({ clientMessageId: 'g2' })).not.toBe(await make());
  });

  test('[E1, P9] a group of too many, or with somebody who is not there, is not made', async () => {
    await expect(make({ members: [`u${'z'.repeat(16)}`] })).rejects.toMatchObject({ code: ErrorCode.NOT_FOUND });
    const crowd = Array.from({ length: GROUP_FOUNDERS_MAX }, (_, index) => `u${String(index).padStart(16, '0')}`);
    await expect(make({ members: crowd })).rejects.toMatchObject({ code: ErrorCode.LIMIT_EXCEEDED });
  });
});

describe('receipts in groups', () => {
  const readTo = (seq: number, conversationId: string) =>
    ({ case: 'advanceCursor', value: { conversationId, deliveredSeq: seq, readSeq: seq } }) as const;

  test('[RCP-7] those of a group come together, once in a while, to all its members', async () => {
    const [a, b, c] = [await world.online('anna'), await world.online('boris'), await world.online('carla')];
    const group = await make();
    b.say(0, readTo(1, group));
    c.say(0, readTo(1, group));
    await settle();
    world.clock.advance(900);
    expect(a.pushes('receipts')).toEqual([]);
    world.clock.advance(200);
    await settle();
    for (const peer of [a, b, c]) {
      expect(peer.pushes('receipts')).toEqual([
        {
          conversationId: group,
          cursors: [
            { userId: boris.userId, deliveredSeq: 1, readSeq: 1 },
            { userId: carla.userId, deliveredSeq: 1, readSeq: 1 },
          ],
        },
      ]);
      expect(peer.pushes('receipt')).toEqual([]);
    }
  });

  test('[RCP-8] in a group of more than 500 one’s own devices are told of one’s own cursor, and nobody of others’', async () => {
    const createdAtMs = 0;
    const crowd = Array.from({ length: 500 }, (_, index) => `u${String(index).padStart(16, '0')}`);
    for (const userId of crowd) {
      const names = { handle: userId, displayName: userId, statusLine: '', passwordHash: '' };
      await world.store.accounts.createUser({ userId, ...names, createdAtMs });
    }
    const [a, phone, b] = [await world.online('anna'), await world.online('annasPhone'), await world.online('boris')];
    const group = await make({ members: [boris.userId, ...crowd] });
    a.say(0, readTo(1, group));
    await settle();
    world.clock.advance(2_000);
    await settle();
    expect(phone.pushes('receipt')).toMatchObject([{ userId: anna.userId, readSeq: 1 }]);
    expect([...b.pushes('receipt'), ...b.pushes('receipts')]).toEqual([]);
    const back = await world.online('anna');
    expect(back.pushes('conversationUpdate')[0]?.state?.cursors).toEqual([
      { userId: anna.userId, deliveredSeq: 1, readSeq: 1 },
    ]);
    const holding = await world.online('anna', { positions: [[group, 1, 1, 2]] });
    expect(holding.pushes('conversationUpdate')).toEqual([]);
  });
});
