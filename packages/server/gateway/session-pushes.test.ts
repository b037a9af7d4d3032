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
});
