import { strict as assert } from 'node:assert';
import { CloseCode } from '@hongyan/protocol';
import { Peer, type PushBody } from '../peer.ts';
import type { Case, World } from '../target.ts';
import { couple, seqOf } from './log.ts';

const entryIds = (pushes: readonly PushBody[]) =>
  pushes.flatMap((push) => (push.case === 'entry' ? [push.value.clientMessageId] : []));

const whereIs = ({ sessionId, pushesReceived }: Peer) => ({ sessionId, pushesReceived });

/** Ben's device, brought up to date and cut off, and Ann's, which goes on. */
async function cutOff(world: World) {
  const { ben, annPeer, benPeer, together } = await couple(world);
  seqOf(await annPeer.send(together, 'before'));
  await benPeer.push('entry');
  return { ben, annPeer, benPeer, together };
}

export const resumeCases: Case[] = [
  {
    rule: 'SES-11',
    title: 'a session that was cut goes on with exactly the pushes that did not arrive',
    async run(world) {
      const { ben, annPeer, benPeer, together } = await cutOff(world);
      benPeer.end();
      seqOf(await annPeer.send(together, 'away 1'));
      seqOf(await annPeer.send(together, 'away 2'));
      const again = await Peer.connect(world.door);
      const { resumed, pushes } = await again.hello(ben, { resume: whereIs(benPeer) });
      assert.equal(resumed, true);
      assert.equal(again.sessionId, benPeer.sessionId);
      assert.deepEqual(entryIds(pushes), ['away 1', 'away 2']);
      seqOf(await annPeer.send(together, 'live again'));
      assert.equal((await again.push('entry')).value.clientMessageId, 'live again');
      for (const peer of [annPeer, again]) peer.end();
    },
  },
  {
    rule: 'SES-11',
    title: 'a session can be cut again and again',
    async run(world) {
      const { ben, annPeer, benPeer, together } = await cutOff(world);
      let last = benPeer;
      for (let round = 1; round <= 3; round++) {
        last.end();
        seqOf(await annPeer.send(together, `round ${round}`));
        const next = await Peer.connect(world.door);
        const { resumed, pushes } = await next.hello(ben, { resume: whereIs(last) });
        assert.equal(resumed, true);
        assert.deepEqual(entryIds(pushes), [`round ${round}`]);
        last = next;
      }
      for (const peer of [annPeer, last]) peer.end();
    },
  },
  {
    rule: 'SES-12',
    title: 'a session that nobody knows, or of somebody else, is not gone on with, and nothing is missing',
    async run(world) {
      const { ben, annPeer, benPeer, together } = await cutOff(world);
      seqOf(await annPeer.send(together, 'second'));
      await benPeer.push('entry');
      const strangers = [{ sessionId: 'n0000000000000000', pushesReceived: 0 }, whereIs(annPeer)];
      for (const resume of strangers) {
        const peer = await Peer.connect(world.door);
        const { resumed, pushes } = await peer.hello(ben, { resume });
        assert.equal(resumed, false);
        const [update] = pushes.flatMap((push) => (push.case === 'conversationUpdate' ? [push.value] : []));
        assert.deepEqual(
          update?.entries.map(({ clientMessageId }) => clientMessageId),
          ['before', 'second'],
        );
        peer.end();
      }
      for (const peer of [annPeer, benPeer]) peer.end();
    },
  },
  {
    rule: 'SES-13',
    title: 'the newer connection takes a session over from one that is still open',
    async run(world) {
      const { ben, annPeer, benPeer, together } = await cutOff(world);
      const newer = await Peer.connect(world.door);
      const { resumed } = await newer.hello(ben, { resume: whereIs(benPeer) });
      assert.equal(resumed, true);
      assert.equal((await benPeer.closing()).code, CloseCode.GOING_AWAY);
      seqOf(await annPeer.send(together, 'once'));
      assert.equal((await newer.push('entry')).value.clientMessageId, 'once');
      for (const peer of [annPeer, newer]) peer.end();
    },
  },
];
