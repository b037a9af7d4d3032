import { strict as assert } from 'node:assert';
import { Peer } from '../peer.ts';
import type { Case } from '../target.ts';
import { couple, seqOf } from './log.ts';

const stateOf = async (peer: Peer, conversationId: string) => {
  const reply = await peer.ask({ case: 'fetchConversation', value: { conversationId, limit: 10 } });
  assert(reply.case === 'conversationUpdate' && reply.value.state);
  return reply.value.state;
};

export const receiptCases: Case[] = [
  {
    rule: 'RCP-4',
    title: 'delivered and read reach the sender as receipts',
    async run(world) {
      const { ben, annPeer, benPeer, together } = await couple(world);
      seqOf(await annPeer.send(together, 'm1'));
      await benPeer.push('entry');
      for (const readSeq of [0, 1]) {
        benPeer.say(0, { case: 'advanceCursor', value: { conversationId: together, deliveredSeq: 1, readSeq } });
        const { value } = await annPeer.push('receipt');
        assert.deepEqual(value, { conversationId: together, userId: ben.userId, deliveredSeq: 1, readSeq });
      }
      for (const peer of [annPeer, benPeer]) peer.end();
    },
  },
  {
    rule: 'RCP-3',
    title: 'cursors never go back and never pass the end of the log',
    async run(world) {
      const { ben, annPeer, benPeer, together } = await couple(world);
      for (const id of ['m1', 'm2', 'm3']) seqOf(await annPeer.send(together, id));
      const stated = [
        { deliveredSeq: 2, readSeq: 0 },
        { deliveredSeq: 1, readSeq: 0 },
        { deliveredSeq: 0, readSeq: 99 },
        { deliveredSeq: 1, readSeq: 1 },
      ];
      for (const cursor of stated) {
        const reply = await benPeer.ask({ case: 'advanceCursor', value: { conversationId: together, ...cursor } });
        assert.equal(reply.case, 'done');
      }
      const { cursors } = await stateOf(annPeer, together);
      const own = cursors.find(({ userId }) => userId === ben.userId);
      assert.deepEqual(own, { userId: ben.userId, deliveredSeq: 3, readSeq: 3 });
      for (const peer of [annPeer, benPeer]) peer.end();
    },
  },
  {
    rule: 'RCP-5',
    title: 'unread counts what others wrote after the read position, and never one’s own',
    async run(world) {
      const { annPeer, benPeer, together } = await couple(world);
      for (const id of ['m1', 'm2', 'm3']) seqOf(await annPeer.send(together, id));
      seqOf(await benPeer.send(together, 'answer'));
      assert.equal((await stateOf(benPeer, together)).unreadCount, 3);
      assert.equal((await stateOf(annPeer, together)).unreadCount, 1);
      await benPeer.ask({ case: 'advanceCursor', value: { conversationId: together, deliveredSeq: 2, readSeq: 2 } });
      assert.equal((await stateOf(benPeer, together)).unreadCount, 1);
      for (const peer of [annPeer, benPeer]) peer.end();
    },
  },
  {
    rule: 'RCP-4, SYN-5',
    title: 'what is read on one device is told to the account’s other devices',
    async run(world) {
      const { ben, annPeer, benPeer, together } = await couple(world);
      const second = await Peer.connect(world.door);
      await second.hello(ben);
      seqOf(await annPeer.send(together, 'm1'));
      for (const peer of [benPeer, second]) await peer.push('entry');
      benPeer.say(0, { case: 'advanceCursor', value: { conversationId: together, deliveredSeq: 1, readSeq: 1 } });
      const { value } = await second.push('receipt');
      assert.deepEqual([value.userId, value.readSeq], [ben.userId, 1]);
      for (const peer of [annPeer, benPeer, second]) peer.end();
    },
  },
];
