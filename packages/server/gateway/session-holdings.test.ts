import {
  bucketDigests,
  bucketOf,
  CloseCode,
  type ConversationId,
  DIGEST_BITS_MAX,
  directConversationId,
  ErrorCode,
  encodeDigests,
  idFromBytes,
  NO_HOLDINGS,
} from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import { type Peer, type StatedPosition, toPosition } from '../testing/peer.ts';
import { boris } from '../testing/people.ts';
import { countingReads } from '../testing/reads.ts';

const BITS = 6;
const FRIENDS = 20;

let world: GatewayWorld;
/** Boris's conversations: in the first of them the friend said one thing, in the second two, and so on. */
let conversations: ConversationId[];

beforeEach(async () => {
  world = await GatewayWorld.create();
  conversations = [];
  const names = { displayName: '', statusLine: '', passwordHash: '', createdAtMs: 0 };
  for (let n = 0; n < FRIENDS; n++) {
    const userId = idFromBytes('u', new Uint8Array(16).fill(100 + n));
    await world.store.accounts.createUser({ userId, handle: `friend${n}`, ...names });
    const conversationId = directConversationId(boris.userId, userId);
    conversations.push(conversationId);
    for (let seq = 1; seq <= n + 1; seq++) {
      await world.store.log.append({
        conversationId,
        members: [boris.userId, userId],
        kind: 1,
        senderId: userId,
        clientMessageId: `m${seq}`,
        clientTimeMs: 0,
        serverTimeMs: n * 1_000 + seq,
        body: Uint8Array.of(seq),
      });
    }
    const cursors = [{ conversationId, userId: boris.userId, deliveredSeq: n + 1, readSeq: 0 }];
    await world.store.cursors.advance({ cursors, positions: [], timeMs: 0 });
  }
});

/** What a device states that holds all of the conversations, of which Boris has read nothing. */
const all = (): StatedPosition[] => conversations.map((id, n) => [id, n + 1, 0, n + 1]);

const digestsOf = (positions: StatedPosition[]) => ({
  digestBits: BITS,
  digests: encodeDigests(bucketDigests(positions.map(toPosition), BITS)),
});

const without = (n: number) => all().filter((_, index) => index !== n);
const bucket = (n: number) => bucketOf(toPosition(all()[n] ?? ['', 0, 0, 0]).conversationHash, BITS);
const updates = (peer: Peer) =>
  peer.pushes('conversationUpdate').map(({ state, entries }) => ({
    n: conversations.indexOf(state?.conversationId ?? ''),
    seqs: entries.map(({ seq }) => seq),
  }));

describe('holdings by digest', () => {
  test('[SYN-9] a device that holds everything says so in few bytes and is asked and told nothing', async () => {
    const { store, calls } = countingReads(world.store);
    world = new GatewayWorld(store);
    const peer = await world.online('boris', { digests: digestsOf(all()), userSeq: FRIENDS });
    expect(peer.pushed).toEqual(['synced']);
    expect(calls).toEqual(['userLog.lastSeq', 'log.heads']);
  });

  test('[SYN-9] what was stated one by one needs no further round trip, and comes most recently active first', async () => {
    const [early, late] = [3, 15];
    const others = all().filter((_, n) => n !== early && n !== late);
    const positions: StatedPosition[] = [early, late].map((n) => [conversations[n] ?? '', n - 1, 0, 0]);
    const peer = await world.online('boris', { positions, digests: digestsOf(others), userSeq: FRIENDS });
    expect(peer.pushes('positionsWanted')).toEqual([]);
    expect(updates(peer)).toEqual([
      { n: late, seqs: [late, late + 1] },
      { n: early, seqs: [early, early + 1] },
    ]);
  });

  test('[SYN-9] buckets that differ are asked for, after what is known; what the device lacks comes whole', async () => {
    const changed: StatedPosition = [conversations[8] ?? '', 7, 0, 0];
    const held = [...without(8), changed].filter(([id]) => id !== conversations[12] && id !== conversations[2]);
    const positions: StatedPosition[] = [[conversations[2] ?? '', 1, 0, 0]];
    const peer = await world.online('boris', { positions, digests: digestsOf(held), userSeq: FRIENDS });
    const wanted = [...new Set([bucket(8), bucket(12)])].sort((a, b) => a - b);
    expect(peer.pushes('positionsWanted')).toEqual([{ buckets: wanted }]);
    expect(peer.pushed).toEqual(['conversationUpdate', 'positionsWanted']);
    const asked = held.filter(([id]) => wanted.includes(bucketOf(toPosition([id, 0, 0, 0]).conversationHash, BITS)));
    peer.say(2, { case: 'statePositions', value: { positions: asked.map(toPosition) } });
    await settle();
    expect(peer.replies(2)).toMatchObject([{ case: 'done' }]);
    expect(updates(peer)).toEqual([
      { n: 2, seqs: [2, 3] },
      { n: 12, seqs: Array.from({ length: 13 }, (_, index) => index + 1) },
      { n: 8, seqs: [8, 9] },
    ]);
    expect(peer.pushed.at(-1)).toBe('synced');
  });

  test('[SYN-9] a device that does not answer counts as holding nothing there', async () => {
    const peer = await world.online('boris', { digests: digestsOf(without(5)), userSeq: FRIENDS });
    world.clock.advance(9_999);
    await settle();
    expect(peer.pushed).toEqual(['positionsWanted']);
    world.clock.advance(1);
    await settle();
    expect(updates(peer)).toContainEqual({ n: 5, seqs: [1, 2, 3, 4, 5, 6] });
    expect(peer.pushed.at(-1)).toBe('synced');
  });

  test('[SYN-9] positions that come too late are taken for what they are, once', async () => {
    const peer = await world.online('boris', { digests: digestsOf(without(5)), userSeq: FRIENDS });
    world.clock.advance(10_000);
    await settle();
    const pushed = peer.pushed.length;
    peer.say(2, { case: 'statePositions', value: { positions: [] } });
    peer.say(3, { case: 'statePositions', value: { positions: [] } });
    await settle();
    expect(peer.replies(2)).toMatchObject([{ case: 'done' }]);
    expect(peer.errorOf(3)).toBe(ErrorCode.OUT_OF_TURN);
    expect(peer.pushed).toHaveLength(pushed);
  });

  test('[SYN-9] positions that nobody asked for are out of turn, and too many of them too much', async () => {
    const peer = await world.online('boris', { digests: digestsOf(without(5)) });
    const positions = Array.from({ length: 10_001 }, () => toPosition(['x', 1, 0, 0]));
    peer.say(2, { case: 'statePositions', value: { positions } });
    peer.say(3, { case: 'statePositions', value: { positions: [] } });
    peer.say(4, { case: 'statePositions', value: { positions: [] } });
    await settle();
    expect(peer.errorOf(2)).toBe(ErrorCode.LIMIT_EXCEEDED);
    expect(peer.replies(3)).toMatchObject([{ case: 'done' }]);
    expect(peer.errorOf(4)).toBe(ErrorCode.OUT_OF_TURN);
    expect(peer.pushed.at(-1)).toBe('synced');
  });

  test('[SYN-9, RCP-6] cursors lost in a crash come back by way of the digests', async () => {
    const positions = all().map(([id, seq]): StatedPosition => [id, seq, seq, 2 * seq]);
    const peer = await world.online('boris', { digests: digestsOf(positions), userSeq: FRIENDS });
    const [{ buckets } = { buckets: [] }] = peer.pushes('positionsWanted');
    expect(new Set(buckets)).toEqual(new Set(all().map((_, n) => bucket(n))));
    peer.say(2, { case: 'statePositions', value: { positions: positions.map(toPosition) } });
    await settle();
    expect(updates(peer)).toEqual([]);
    await world.logic.drain();
    const again = await world.online('boris', { digests: digestsOf(positions), userSeq: FRIENDS * 2 });
    expect(again.pushed).toEqual(['synced']);
  });

  test.each([
    ['too short', { digestBits: BITS, digests: new Uint8Array(8) }],
    ['missing', { digestBits: BITS, digests: new Uint8Array(0) }],
    ['too many', { digestBits: DIGEST_BITS_MAX + 1, digests: new Uint8Array(2 ** (DIGEST_BITS_MAX + 3)) }],
  ])('[SYN-9, SYN-11] digests that are %s close in Hello and are refused in Synchronise', async (_, digests) => {
    const early = await world.online('boris', { digests });
    expect(early.closedWith).toBe(CloseCode.MALFORMED);
    const live = await world.online('boris');
    const count = live.pushed.length;
    live.say(2, { case: 'synchronise', value: { holdings: { ...NO_HOLDINGS, ...digests } } });
    await settle();
    expect(live.errorOf(2)).toBe(ErrorCode.INVALID_ARGUMENT);
    expect(live.pushed).toHaveLength(count);
  });

  test('[SYN-9] while one device is waited for, others are brought up to date', async () => {
    const waiting = [];
    for (let n = 0; n < 40; n++) waiting.push(await world.online('boris', { digests: digestsOf(without(5)) }));
    expect(waiting.every(({ pushed }) => pushed.at(-1) === 'positionsWanted')).toBe(true);
    expect((await world.online('anna')).pushed).toEqual(['synced']);
  });

  test('[SYN-9] a connection that is lost while it is waited for ends the sync', async () => {
    const { store, calls } = countingReads(world.store);
    world = new GatewayWorld(store);
    const peer = await world.online('boris', { digests: digestsOf(without(5)) });
    peer.session?.connectionLost();
    const count = calls.length;
    world.clock.advance(20_000);
    await settle();
    expect(calls).toHaveLength(count);
    expect(peer.pushed).toEqual(['positionsWanted']);
  });
});
