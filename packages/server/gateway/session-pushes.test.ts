import { CloseCode } from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import { anna, boris, withBoris } from '../testing/people.ts';
import { SEND_QUEUE_BYTES_MAX } from './send-queue.ts';

let world: GatewayWorld;

beforeEach(async () => {
  world = await GatewayWorld.create();
});

describe('pushes', () => {
  test('[LOG-1, RCP-4] an entry goes to all devices of both but the sending one; a receipt likewise', async () => {
    const [sender, phone, recipient] = [
      await world.online('anna'),
      await world.online('annasPhone'),
      await world.online('boris'),
    ];
    sender.send(2, 'hello');
    await settle();
    expect(sender.pushes('entry')).toHaveLength(0);
    for (const peer of [phone, recipient])
      expect(peer.pushes('entry')).toMatchObject([{ seq: 1, senderId: anna.userId }]);
    recipient.say(0, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 1, readSeq: 0 } });
    world.clock.advance(10);
    await settle();
    for (const peer of [sender, phone]) {
      expect(peer.pushes('receipt')).toMatchObject([{ userId: boris.userId, deliveredSeq: 1, readSeq: 0 }]);
    }
  });

  test('[RCP-3] a cursor beyond the end of the log stops at the end', async () => {
    const [sender, recipient] = [await world.online('anna'), await world.online('boris')];
    sender.send(2, 'hello');
    await settle();
    recipient.say(3, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 500, readSeq: 400 } });
    await settle();
    world.clock.advance(10);
    await settle();
    expect(recipient.replies(3)).toMatchObject([{ case: 'done' }]);
    expect(sender.pushes('receipt')).toMatchObject([{ deliveredSeq: 1, readSeq: 1 }]);
  });

  test('[SES-9] a reader that takes nothing is closed as too slow, others notice nothing', async () => {
    const [sender, slow, recipient] = [
      await world.online('anna'),
      await world.online('annasPhone'),
      await world.online('boris'),
    ];
    slow.bufferedBytes = SEND_QUEUE_BYTES_MAX;
    sender.send(2, 'hello');
    await settle();
    expect(slow.closedWith).toBe(CloseCode.SLOW_READER);
    expect(recipient.pushes('entry')).toHaveLength(1);
  });

  test('[SES-16] a connection that cannot be written to ends alone, and it is logged', async () => {
    const errors: object[] = [];
    const logger = { debug() {}, info() {}, warn() {}, error: (fields: object) => errors.push(fields) };
    world = await GatewayWorld.create({ logger });
    const sender = await world.online('anna');
    const broken = await world.online('annasPhone');
    const recipient = await world.online('boris');
    broken.write = () => {
      throw new RangeError('Maximum call stack size exceeded');
    };
    sender.send(2, 'hello');
    await settle();
    expect(broken.closedWith).toBe(CloseCode.UNAVAILABLE);
    expect(sender.replies(2)).toMatchObject([{ case: 'messageSent' }]);
    expect(recipient.pushes('entry')).toHaveLength(1);
    expect(errors[0]).toMatchObject({ error: { name: 'RangeError' }, userId: anna.userId });
    expect(world.gateway.connectionCount).toBe(2);
  });

  test('[LOD-9] what slow readers have not taken is counted together until they end', async () => {
    const [sender, slow] = [await world.online('anna'), await world.online('boris')];
    slow.bufferedBytes = 3_000;
    sender.send(2, 'hello');
    await settle();
    expect(world.gateway.lagBytes).toBe(3_000);
    slow.bufferedBytes = 1_000;
    world.clock.advance(500);
    expect(world.gateway.lagBytes).toBe(1_000);
    slow.session?.connectionLost();
    expect(world.gateway.lagBytes).toBe(0);
  });
});
