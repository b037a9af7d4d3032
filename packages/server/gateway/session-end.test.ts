import type { Store } from '@hongyan/core';
import { CloseCode, ErrorCode, PLAIN_PING } from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import { anna, annasPhone, withBoris } from '../testing/people.ts';

let world: GatewayWorld;

beforeEach(async () => {
  world = await GatewayWorld.create();
});

describe('end', () => {
  test('[SES-7] a connection that says nothing is closed; one that pings is not', async () => {
    const [quiet, alive] = [await world.online('anna'), await world.online('boris')];
    for (let n = 0; n < 4; n++) {
      world.clock.advance(20_000);
      alive.say(10 + n, { case: 'ping', value: PLAIN_PING });
    }
    expect(quiet.closedWith).toBe(CloseCode.HEARTBEAT_TIMEOUT);
    expect(alive.closedWith).toBeUndefined();
  });

  test('[SES-5] an AdvanceCursor with id 0 that is refused gets no answer', async () => {
    const stranger = await world.online('carla');
    stranger.say(0, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 1, readSeq: 1 } });
    stranger.say(5, { case: 'ping', value: PLAIN_PING });
    await settle();
    expect(stranger.replies(0)).toEqual([]);
    expect(stranger.replies(5)).toMatchObject([{ case: 'pong' }]);
  });

  test('[SES-5, SES-10] while draining, an AdvanceCursor with id 0 is refused in silence', async () => {
    const { store } = world;
    let release = () => {};
    const append: Store['log']['append'] = async (request) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return store.log.append(request);
    };
    world = new GatewayWorld({ ...store, log: { ...store.log, append } });
    const peer = await world.online('anna');
    peer.send(2, 'last words');
    await settle();
    const drained = world.gateway.drain(5_000);
    peer.say(0, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 1, readSeq: 1 } });
    peer.send(3, 'too late');
    release();
    await drained;
    expect(peer.replies(0)).toEqual([]);
    expect(peer.errorOf(3)).toBe(ErrorCode.UNAVAILABLE);
  });

  test('[RCP-4] two devices that move one cursor together both hear of the whole', async () => {
    const [sender, desk, phone] = [
      await world.online('boris'),
      await world.online('anna'),
      await world.online('annasPhone'),
    ];
    for (const command of [2, 3, 4]) sender.send(command, 'x');
    await settle();
    desk.say(0, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 3, readSeq: 0 } });
    phone.say(0, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 0, readSeq: 2 } });
    world.clock.advance(10);
    await settle();
    for (const peer of [sender, desk, phone]) {
      expect(peer.pushes('receipt')).toMatchObject([{ userId: anna.userId, deliveredSeq: 3, readSeq: 2 }]);
    }
  });

  test('[SES-10] drain answers what was taken, then closes everybody with GOING_AWAY', async () => {
    const { store } = world;
    const release: (() => void)[] = [];
    const append: Store['log']['append'] = async (request) => {
      await new Promise<void>((resolve) => release.push(resolve));
      return store.log.append(request);
    };
    world = new GatewayWorld({ ...store, log: { ...store.log, append } });
    const [busy, idle] = [await world.online('anna'), await world.online('boris')];
    busy.send(2, 'last words');
    await settle();
    const drained = world.gateway.drain(5_000);
    expect(idle.closedWith).toBe(CloseCode.GOING_AWAY);
    expect(busy.closedWith).toBeUndefined();
    busy.send(3, 'too late');
    for (const go of release) go();
    await drained;
    await settle();
    expect(busy.replies(2)).toMatchObject([{ case: 'messageSent' }]);
    expect(busy.errorOf(3)).toBe(ErrorCode.UNAVAILABLE);
    expect(busy.closedWith).toBe(CloseCode.GOING_AWAY);
  });

  test('[A1] a signed-out device is closed, the account’s others are not', async () => {
    const [desk, phone] = [await world.online('anna'), await world.online('annasPhone')];
    world.gateway.revoke(annasPhone.deviceId);
    expect(phone.closedWith).toBe(CloseCode.SESSION_REVOKED);
    expect(desk.closedWith).toBeUndefined();
  });

  test('[DEV-3, A2] a device whose place a newer one took is closed with a code of its own', async () => {
    const phone = await world.online('annasPhone');
    world.gateway.revoke(annasPhone.deviceId, true);
    expect(phone.closedWith).toBe(CloseCode.SESSION_REPLACED);
  });
});
