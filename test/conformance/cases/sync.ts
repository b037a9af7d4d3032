import { strict as assert } from 'node:assert';
import {
  bucketDigests,
  bucketOf,
  type ConversationState,
  type Cursor,
  conversationHash,
  ErrorCode,
  encodeDigests,
  type Holdings,
  PLAIN_PING,
  type Position,
  selfConversationId,
  totalDigest,
} from '@hongyan/protocol';
import { Peer, type PushBody } from '../peer.ts';
import type { Case, World } from '../target.ts';
import { couple, seqOf } from './log.ts';
import { errorCode } from './session.ts';

const updates = (pushes: readonly PushBody[]) =>
  pushes.flatMap((push) => (push.case === 'conversationUpdate' ? [push.value] : []));

/** What a device of `userId` holds that has everything the state says: that it was delivered follows from holding it. */
function positionAt(state: ConversationState, userId: string): Position {
  const delivered = (cursor: Cursor) => (cursor.userId === userId ? state.lastSeq : cursor.deliveredSeq);
  const cursorSum = state.cursors.reduce((sum, cursor) => sum + delivered(cursor) + cursor.readSeq, 0);
  return { conversationHash: conversationHash(state.conversationId), seq: state.lastSeq, readSeq: 0, cursorSum };
}

/** A device that comes back to a conversation in which `count` messages are. */
async function somebodyBack(world: World, count: number) {
  const { ann, ben, annPeer, benPeer, together } = await couple(world);
  for (let n = 1; n <= count; n++) seqOf(await annPeer.send(together, `m${n}`));
  for (const peer of [annPeer, benPeer]) peer.end();
  const back = async (holdings: Partial<Holdings>) => {
    const peer = await Peer.connect(world.door);
    const { pushes } = await peer.hello(ben, { holdings });
    return { peer, pushes };
  };
  return { ann, ben, together, back };
}

/** Everything as digests, none stated one by one. */
const digested = (positions: readonly Position[], digestBits: number): Partial<Holdings> => ({
  digestBits,
  digests: encodeDigests(bucketDigests(positions, digestBits)),
});

export const syncCases: Case[] = [
  {
    rule: 'SYN-1, SYN-2',
    title: 'a new device gets the newest page of every conversation, then Synced',
    async run(world) {
      const { together, back } = await somebodyBack(world, 3);
      const { peer, pushes } = await back({});
      const [update] = updates(pushes).filter(({ state }) => state?.conversationId === together);
      assert.equal(update?.state?.lastSeq, 3);
      assert.deepEqual(
        update.entries.map(({ seq, clientMessageId }) => [seq, clientMessageId]),
        [
          [1, 'm1'],
          [2, 'm2'],
          [3, 'm3'],
        ],
      );
      assert.equal(pushes.at(-1)?.case, 'synced');
      peer.end();
    },
  },
  {
    rule: 'SYN-2',
    title: 'a device that states a position gets what follows it',
    async run(world) {
      const { together, back } = await somebodyBack(world, 5);
      const position = { conversationHash: conversationHash(together), seq: 3, readSeq: 0, cursorSum: 3 };
      const { peer, pushes } = await back({ positions: [position] });
      const [update] = updates(pushes);
      assert.deepEqual(
        update?.entries.map(({ seq }) => seq),
        [4, 5],
      );
      peer.end();
    },
  },
  {
    rule: 'SYN-1, SYN-9',
    title: 'a device that holds everything is told nothing, stated one by one or as digests',
    async run(world) {
      const { ben, together, back } = await somebodyBack(world, 2);
      const first = await back({});
      const [update] = updates(first.pushes).filter(({ state }) => state?.conversationId === together);
      assert(update?.state);
      first.peer.end();
      const position = positionAt(update.state, ben.userId);
      for (const holdings of [{ positions: [position] }, digested([position], 3)]) {
        const { peer, pushes } = await back(holdings);
        assert.deepEqual(updates(pushes), []);
        assert(pushes.every((push) => push.case !== 'positionsWanted'));
        peer.end();
      }
    },
  },
  {
    rule: 'SYN-9',
    title: 'for a bucket that differs the positions are asked for, and what follows them is pushed',
    async run(world) {
      const { ben, together } = await somebodyBack(world, 4);
      const position = { conversationHash: conversationHash(together), seq: 2, readSeq: 0, cursorSum: 2 };
      const { peer, done } = await answeringBuckets(world, ben, position);
      assert.deepEqual(
        updates(done).flatMap(({ entries }) => entries.map(({ seq }) => seq)),
        [3, 4],
      );
      peer.end();
    },
  },
  {
    rule: 'SYN-9',
    title: 'positions that nobody asked for are out of turn',
    async run(world) {
      const { back } = await somebodyBack(world, 1);
      const { peer } = await back({});
      const reply = await peer.ask({ case: 'statePositions', value: { positions: [] } });
      assert.equal(errorCode(reply), ErrorCode.OUT_OF_TURN);
      peer.end();
    },
  },
  {
    rule: 'SYN-5',
    title: 'the user log is contiguous and read from any place',
    async run(world) {
      const { back } = await somebodyBack(world, 1);
      const { peer } = await back({});
      const reply = await peer.ask({ case: 'fetchUserEvents', value: { afterSeq: 0, limit: 100 } });
      assert(reply.case === 'userEventPage');
      const seqs = reply.value.events.map(({ seq }) => seq);
      assert.deepEqual(
        seqs,
        seqs.map((_, index) => index + 1),
      );
      assert.equal(reply.value.lastSeq, seqs.length);
      const later = await peer.ask({ case: 'fetchUserEvents', value: { afterSeq: 1, limit: 100 } });
      assert(later.case === 'userEventPage');
      assert.deepEqual(later.value.events, reply.value.events.slice(1));
      peer.end();
    },
  },
  {
    rule: 'SYN-7',
    title: 'a position beyond the end is answered with the state',
    async run(world) {
      const { together, back } = await somebodyBack(world, 2);
      const position = { conversationHash: conversationHash(together), seq: 9, readSeq: 0, cursorSum: 0 };
      const { peer, pushes } = await back({ positions: [position] });
      assert.deepEqual(
        updates(pushes).map(({ state }) => state?.lastSeq),
        [2],
      );
      peer.end();
    },
  },
  {
    rule: 'SYN-11',
    title: 'Synchronise does on a live session what Hello does',
    async run(world) {
      const { together, back } = await somebodyBack(world, 2);
      const { peer } = await back({});
      const holdings = { userSeq: 0, positions: [], digestBits: 0, digests: new Uint8Array(0) };
      peer.say(77, { case: 'synchronise', value: { holdings } });
      const pushes = await peer.pushesUntil((push) => push.case === 'synced');
      assert(updates(pushes).some(({ state }) => state?.conversationId === together));
      assert.equal((await peer.connection.reply(77)).case, 'done');
      peer.end();
    },
  },
  {
    rule: 'SES-14',
    title: 'Ping tells a device that lacks something from one that holds everything',
    async run({ door, account }) {
      const ann = await account('ann');
      const peer = await Peer.connect(door);
      await peer.hello(ann);
      const self = selfConversationId(ann.userId);
      seqOf(await peer.send(self, 'm1'));
      const fetched = await peer.ask({ case: 'fetchConversation', value: { conversationId: self, limit: 1 } });
      assert(fetched.case === 'conversationUpdate' && fetched.value.state);
      const log = await peer.ask({ case: 'fetchUserEvents', value: { afterSeq: 0, limit: 100 } });
      assert(log.case === 'userEventPage');
      const whole = positionAt(fetched.value.state, ann.userId);
      await peer.ask({ case: 'advanceCursor', value: { conversationId: self, deliveredSeq: 1, readSeq: 0 } });
      const differs = async (positions: Position[], userSeq: number) => {
        const value = { ...PLAIN_PING, compare: true, userSeq, digest: totalDigest(positions) };
        const pong = await peer.ask({ case: 'ping', value });
        assert(pong.case === 'pong');
        return pong.value.differs;
      };
      assert.equal(await differs([whole], log.value.lastSeq), false);
      assert.equal(await differs([], log.value.lastSeq), true);
      assert.equal(await differs([{ ...whole, seq: 2 }], log.value.lastSeq), true);
      assert.equal(await differs([whole], log.value.lastSeq - 1), true);
      peer.end();
    },
  },
];

/** Says Hello with digests that differ, answers the question for positions, and gives what came up to Synced. */
async function answeringBuckets({ door }: World, account: { accessToken: string; userId: string }, position: Position) {
  const peer = await Peer.connect(door);
  const holdings = { userSeq: 0, positions: [], digestBits: 2, digests: new Uint8Array(0), ...digested([position], 2) };
  const client = {
    protocolVersion: 1,
    features: [1 as const],
    accessToken: account.accessToken,
    client: 'conformance',
  };
  peer.say(1, { case: 'hello', value: { ...client, holdings, resume: undefined } });
  assert.equal((await peer.connection.reply(1)).case, 'welcome');
  const wanted = await peer.push('positionsWanted');
  assert(wanted.value.buckets.includes(bucketOf(position.conversationHash, 2)));
  peer.say(2, { case: 'statePositions', value: { positions: [position] } });
  const done = await peer.pushesUntil((push) => push.case === 'synced');
  return { peer, done };
}
