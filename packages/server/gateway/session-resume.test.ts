import { CloseCode, PLAIN_PING } from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import { Peer, type StatedHello } from '../testing/peer.ts';
import { annasPhone, boris, withBoris } from '../testing/people.ts';
import { countingReads } from '../testing/reads.ts';
import { SEND_QUEUE_BYTES_MAX } from './send-queue.ts';
import { RESUME_MS } from './session-registry.ts';

let world: GatewayWorld;
let calls: string[];
let sender: Peer;

beforeEach(async () => {
  const counting = countingReads((await GatewayWorld.create()).store);
  world = new GatewayWorld(counting.store);
  calls = counting.calls;
  sender = await world.online('anna');
});

let lastCommand = 1;
async function say(text: string): Promise<void> {
  lastCommand += 1;
  sender.send(lastCommand, text, text);
  await settle();
}

const seqs = (peer: Peer) => peer.pushes('entry').map(({ seq }) => seq);
const resumeOf = (peer: Peer, pushesReceived = peer.pushed.length) => ({
  sessionId: peer.welcome?.sessionId ?? '',
  pushesReceived,
});

/** Comes back as who would have received `pushesReceived` pushes, or all. */
const back = (token: string, peer: Peer, pushesReceived?: number, hello: StatedHello = {}) =>
  world.online(token, { ...hello, resume: resumeOf(peer, pushesReceived) });

describe('resume', () => {
  test('[SES-11] a cut session goes on: what was pushed meanwhile comes in order, then Synced, and nothing is read', async () => {
    const first = await world.online('boris');
    await say('one');
    first.session?.connectionLost();
    await say('two');
    await say('three');
    calls.length = 0;
    const second = await back('boris', first);
    expect(second.welcome).toMatchObject({ resumed: true, sessionId: first.welcome?.sessionId, userId: boris.userId });
    expect(second.pushed).toEqual(['entry', 'entry', 'synced']);
    expect(seqs(second)).toEqual([2, 3]);
    expect(second.pushes('synced')[0]?.userSeq).toBe(first.pushes('synced')[0]?.userSeq);
    expect(calls).toEqual([]);
  });

  test('[SES-11] a push that was written and did not arrive comes again; one that arrived does not', async () => {
    const first = await world.online('boris');
    await say('one');
    await say('two');
    first.session?.connectionLost();
    const second = await back('boris', first, first.pushed.length - 1);
    expect(seqs(second)).toEqual([2]);
  });

  test('[SES-11] after it live pushes come over the new connection, each once, and the count goes on', async () => {
    const first = await world.online('boris');
    first.session?.connectionLost();
    await say('one');
    const second = await back('boris', first);
    await say('two');
    expect(seqs(first)).toEqual([]);
    expect(seqs(second)).toEqual([1, 2]);
    second.session?.connectionLost();
    await say('three');
    const third = await back('boris', second, first.pushed.length + second.pushed.length);
    expect(third.welcome).toMatchObject({ resumed: true, sessionId: first.welcome?.sessionId });
    expect(seqs(third)).toEqual([3]);
  });

  test('[SES-13] the newer connection wins over a half-open one, which ends and receives nothing more', async () => {
    const first = await world.online('boris');
    await say('one');
    const second = await back('boris', first, first.pushed.length - 1);
    expect(second.welcome).toMatchObject({ resumed: true, sessionId: first.welcome?.sessionId });
    expect(first.closedWith).toBe(CloseCode.GOING_AWAY);
    expect(seqs(second)).toEqual([1]);
    await say('two');
    expect(seqs(second)).toEqual([1, 2]);
    expect(seqs(first)).toEqual([1]);
    first.session?.connectionLost();
    await say('three');
    expect(seqs(second)).toEqual([1, 2, 3]);
    expect(world.gateway.connectionCount).toBe(2);
  });

  test('[SES-11] a connection closed for its silence can be gone on with; one that reads too slowly cannot', async () => {
    const quiet = await world.online('boris');
    const slow = await world.online('annasPhone');
    for (let n = 0; n < 4; n++) {
      world.clock.advance(20_000);
      for (const peer of [sender, slow]) peer.say(100 + n, { case: 'ping', value: PLAIN_PING });
    }
    expect(quiet.closedWith).toBe(CloseCode.HEARTBEAT_TIMEOUT);
    expect((await back('boris', quiet)).welcome?.resumed).toBe(true);
    slow.bufferedBytes = SEND_QUEUE_BYTES_MAX;
    await say('one');
    expect(slow.closedWith).toBe(CloseCode.SLOW_READER);
    expect((await back('annasPhone', slow)).welcome?.resumed).toBe(false);
  });

  test('[SES-12] after its time a session is gone: the holdings of the same Hello bring the device up to date', async () => {
    const first = await world.online('boris');
    first.session?.connectionLost();
    await say('one');
    world.clock.advance(RESUME_MS);
    sender = await world.online('anna');
    const second = await back('boris', first);
    expect(second.welcome?.resumed).toBe(false);
    expect(second.welcome?.sessionId).not.toBe(first.welcome?.sessionId);
    expect(second.pushed.at(-1)).toBe('synced');
    expect(second.pushes('conversationUpdate')).toMatchObject([{ state: { lastSeq: 1 } }]);
  });

  test('[SES-12] what a device counts that the server never pushed, or no longer keeps, is not gone on with', async () => {
    const first = await world.online('boris');
    first.session?.connectionLost();
    expect((await back('boris', first, first.pushed.length + 1)).welcome?.resumed).toBe(false);
    const other = await world.online('boris');
    for (let n = 0; n < 33; n++) await say(`text ${n}`);
    other.session?.connectionLost();
    expect((await back('boris', other, other.pushed.length - 33)).welcome?.resumed).toBe(false);
    const third = await world.online('boris');
    third.session?.connectionLost();
    expect((await back('boris', third, 0)).welcome?.resumed).toBe(false);
  });

  test('[SES-12] nobody goes on with the session of another account or device, nor ends it', async () => {
    const first = await world.online('annasPhone');
    first.session?.connectionLost();
    for (const token of ['boris', 'anna']) expect((await back(token, first)).welcome?.resumed).toBe(false);
    expect((await back('annasPhone', first)).welcome).toMatchObject({ ...annasPhone, resumed: true });
  });

  test('[SES-3] a session is not gone on with on a forged token', async () => {
    const first = await world.online('boris');
    first.session?.connectionLost();
    const forger = await back('nobody', first);
    expect(forger.closedWith).toBe(CloseCode.UNAUTHENTICATED);
    expect(forger.frames).toHaveLength(1);
  });

  test('[SES-12] a session that was not up to date yet begins anew', async () => {
    const early = new Peer(world.gateway);
    early.hello('boris');
    await Promise.resolve();
    await Promise.resolve();
    expect(early.session?.identity).toMatchObject(boris);
    early.session?.connectionLost();
    await settle();
    expect((await back('boris', early, 0)).welcome?.resumed).toBe(false);
  });

  test('[SES-13] signing out and stopping end waiting sessions', async () => {
    const phone = await world.online('annasPhone');
    phone.session?.connectionLost();
    world.gateway.revoke(annasPhone.deviceId);
    expect((await back('annasPhone', phone)).welcome?.resumed).toBe(false);
    const other = await world.online('boris');
    other.session?.connectionLost();
    await world.gateway.drain(1_000);
    expect(world.gateway.connectionCount).toBe(0);
    await world.logic.drain();
    expect(world.clock.timerCount).toBe(0);
    expect((await back('boris', other)).closedWith).toBe(CloseCode.GOING_AWAY);
  });

  test('[SES-13] the answer of a command that the cut took along is had by asking again', async () => {
    const first = await world.online('boris');
    first.send(7, 'hello', 'once');
    first.session?.connectionLost();
    const second = new Peer(world.gateway);
    second.hello('boris', { resume: resumeOf(first) });
    second.send(8, 'hello', 'once');
    second.send(9, 'and more');
    await settle();
    expect(first.replies(7)).toEqual([]);
    expect(second.replies(8)).toMatchObject([{ case: 'messageSent', value: { seq: 1 } }]);
    expect(second.replies(9)).toMatchObject([{ case: 'messageSent', value: { seq: 2 } }]);
    expect(seqs(sender)).toEqual(expect.arrayContaining([1, 2]));
    expect(await world.store.log.head(withBoris)).toMatchObject({ lastSeq: 2 });
  });

  test('[SES-11, RCP-6] positions said along count for conversations in use', async () => {
    const first = await world.online('boris');
    await say('one');
    await say('two');
    first.session?.connectionLost();
    calls.length = 0;
    const second = await back('boris', first, undefined, { positions: [[withBoris, 2, 1, 3]] });
    expect(second.welcome?.resumed).toBe(true);
    expect(calls).toEqual([]);
    world.clock.advance(10);
    await settle();
    expect(sender.pushes('receipt')).toMatchObject([{ userId: boris.userId, deliveredSeq: 2, readSeq: 1 }]);
  });

  test('[SES-11] a resumed session answers commands and is closed for its silence like any other', async () => {
    const first = await world.online('boris');
    first.session?.connectionLost();
    const second = await back('boris', first);
    second.say(3, { case: 'ping', value: PLAIN_PING });
    await settle();
    expect(second.replies(3)).toMatchObject([{ case: 'pong' }]);
    world.clock.advance(70_000);
    expect(second.closedWith).toBe(CloseCode.HEARTBEAT_TIMEOUT);
  });
});
