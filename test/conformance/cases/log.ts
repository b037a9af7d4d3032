import { strict as assert } from 'node:assert';
import { DEFAULT_LIMITS, directConversationId, ErrorCode, selfConversationId } from '@hongyan/protocol';
import { bodyOf, Peer, type ReplyBody } from '../peer.ts';
import type { Case, World } from '../target.ts';
import { errorCode } from './session.ts';

/** Two accounts with a session each, and the conversation between them. */
export async function couple({ door, account }: World) {
  const [ann, ben] = await Promise.all([account('ann'), account('ben')]);
  const [annPeer, benPeer] = await Promise.all([Peer.connect(door), Peer.connect(door)]);
  await Promise.all([annPeer.hello(ann), benPeer.hello(ben)]);
  return { ann, ben, annPeer, benPeer, together: directConversationId(ann.userId, ben.userId) };
}

export function seqOf(reply: ReplyBody): number {
  assert(reply.case === 'messageSent', `answered by ${reply.case}`);
  return reply.value.seq;
}

const page = (conversationId: string, afterSeq: number, limit: number, beforeSeq = 0) =>
  ({ case: 'fetchEntries', value: { conversationId, afterSeq, beforeSeq, limit } }) as const;

export const logCases: Case[] = [
  {
    rule: 'LOG-1, LOG-3',
    title: 'messages get contiguous places from 1, and both members read the same log',
    async run(world) {
      const { annPeer, benPeer, together } = await couple(world);
      const sent = await Promise.all([
        annPeer.send(together, 'a1').then(seqOf),
        benPeer.send(together, 'b1').then(seqOf),
      ]);
      sent.push(seqOf(await annPeer.send(together, 'a2')));
      assert.deepEqual(sent.toSorted(), [1, 2, 3]);
      const logs = await Promise.all([annPeer, benPeer].map((peer) => peer.ask(page(together, 0, 10))));
      assert.deepEqual(logs[0], logs[1]);
      assert(logs[0]?.case === 'entryPage');
      assert.deepEqual(
        logs[0].value.entries.map(({ seq }) => seq),
        [1, 2, 3],
      );
      annPeer.end();
      benPeer.end();
    },
  },
  {
    rule: 'LOG-2',
    title: 'a repeated message is answered as the first one and written once, from another connection too',
    async run(world) {
      const { ann, annPeer, benPeer, together } = await couple(world);
      const first = await annPeer.send(together, 'm1', 'what counts');
      assert.deepEqual(await annPeer.send(together, 'm1', 'something else'), first);
      const second = await Peer.connect(world.door);
      await second.hello(ann);
      assert.deepEqual(await second.send(together, 'm1', 'what counts'), first);
      const log = await second.ask(page(together, 0, 10));
      assert(log.case === 'entryPage');
      assert.equal(log.value.entries.length, 1);
      for (const peer of [annPeer, benPeer, second]) peer.end();
    },
  },
  {
    rule: 'LOG-2, SES-5',
    title: 'a message repeated while the first is under way is answered with the same place',
    async run(world) {
      const { annPeer, benPeer, together } = await couple(world);
      const first = seqOf(await annPeer.send(together, 'm1'));
      const value = { conversationId: together, clientMessageId: 'm2', clientTimeMs: 1, body: bodyOf('twice') };
      for (const id of [501, 502]) annPeer.say(id, { case: 'sendMessage', value });
      const answers = [...(await annPeer.replies([501, 502])).values()];
      assert.deepEqual([first, ...answers.map(seqOf)], [1, 2, 2]);
      annPeer.end();
      benPeer.end();
    },
  },
  {
    rule: 'LOG-4',
    title: 'who is not a member neither writes nor reads',
    async run(world) {
      const { annPeer, benPeer, together } = await couple(world);
      seqOf(await annPeer.send(together, 'm1'));
      const eve = await Peer.connect(world.door);
      await eve.hello(await world.account('eve'));
      assert.equal(errorCode(await eve.send(together, 'e1')), ErrorCode.FORBIDDEN);
      assert.equal(errorCode(await eve.ask(page(together, 0, 10))), ErrorCode.FORBIDDEN);
      const fetch = { case: 'fetchConversation', value: { conversationId: together, limit: 10 } } as const;
      assert.equal(errorCode(await eve.ask(fetch)), ErrorCode.FORBIDDEN);
      const cursor = { conversationId: together, deliveredSeq: 1, readSeq: 1 };
      assert.equal(errorCode(await eve.ask({ case: 'advanceCursor', value: cursor })), ErrorCode.FORBIDDEN);
      for (const peer of [annPeer, benPeer, eve]) peer.end();
    },
  },
  {
    rule: 'LOG-4',
    title: 'a conversation with an account that does not exist is not found',
    async run({ door, account }) {
      const ann = await account('ann');
      const peer = await Peer.connect(door);
      await peer.hello(ann);
      const nobody = directConversationId(ann.userId, 'uzzzzzzzzzzzzzzzz');
      assert.equal(errorCode(await peer.send(nobody, 'm1')), ErrorCode.NOT_FOUND);
      peer.end();
    },
  },
  {
    rule: 'LOG-5',
    title: 'what is beyond the limits or impossible is refused and not written',
    async run({ door, account }) {
      const ann = await account('ann');
      const peer = await Peer.connect(door);
      await peer.hello(ann);
      const self = selfConversationId(ann.userId);
      const good = { conversationId: self, clientMessageId: 'm', clientTimeMs: 1, body: bodyOf('x') };
      const refused = [
        { value: { ...good, body: new Uint8Array(DEFAULT_LIMITS.bodyBytesMax + 1) }, code: ErrorCode.LIMIT_EXCEEDED },
        { value: { ...good, body: new Uint8Array(0) }, code: ErrorCode.INVALID_ARGUMENT },
        { value: { ...good, clientMessageId: '' }, code: ErrorCode.INVALID_ARGUMENT },
        { value: { ...good, clientMessageId: 'm\n' }, code: ErrorCode.INVALID_ARGUMENT },
        { value: { ...good, clientMessageId: 'm'.repeat(65) }, code: ErrorCode.LIMIT_EXCEEDED },
        { value: { ...good, conversationId: 'nonsense' }, code: ErrorCode.INVALID_ARGUMENT },
      ];
      for (const { value, code } of refused) {
        assert.equal(errorCode(await peer.ask({ case: 'sendMessage', value })), code);
      }
      const log = await peer.ask(page(self, 0, 10));
      assert(log.case === 'entryPage');
      assert.deepEqual(log.value.entries, []);
      peer.end();
    },
  },
  {
    rule: 'LOG-6',
    title: 'pages are contiguous runs, ascending, from either end',
    async run({ door, account }) {
      const ann = await account('ann');
      const peer = await Peer.connect(door);
      await peer.hello(ann);
      const self = selfConversationId(ann.userId);
      for (let n = 1; n <= 7; n++) seqOf(await peer.send(self, `m${n}`));
      const seqs = async (afterSeq: number, limit: number, beforeSeq?: number) => {
        const reply = await peer.ask(page(self, afterSeq, limit, beforeSeq));
        assert(reply.case === 'entryPage');
        assert.equal(reply.value.lastSeq, 7);
        return reply.value.entries.map(({ seq }) => seq);
      };
      assert.deepEqual(await seqs(2, 3), [3, 4, 5]);
      assert.deepEqual(await seqs(0, 3, 6), [3, 4, 5]);
      assert.deepEqual(await seqs(7, 3), []);
      assert((await seqs(0, 1_000_000)).length <= DEFAULT_LIMITS.pageEntriesMax);
      peer.end();
    },
  },
];
