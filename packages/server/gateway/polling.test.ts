import { CloseCode, MESSAGE_FRAMES_MAX, PLAIN_PING } from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import { withBoris } from '../testing/people.ts';
import { frameOf, framesIn, helloOf, kindsIn, Poller } from '../testing/poller.ts';
import type { Polling } from './polling.ts';
import { type Fetched, POLL_ABSENCE_MS, POLL_LINGER_MS, POLL_WAIT_MS } from './polling-connection.ts';
import { ANSWER_BYTES_MAX } from './polling-downlink.ts';

let world: GatewayWorld;
let polling: Polling;
beforeEach(async () => {
  world = await GatewayWorld.create();
  polling = world.gateway.createPolling();
});

const ping = (id: number) => ({ id, body: { case: 'ping', value: PLAIN_PING } }) as const;
const message = (id: number, body = new Uint8Array(1)) =>
  ({
    id,
    body: {
      case: 'sendMessage',
      value: { conversationId: withBoris, clientMessageId: `m${id}`, clientTimeMs: 5, body },
    },
  }) as const;

/** A connection whose Hello was said, and answered with the first answer. */
async function online(token = 'anna'): Promise<Poller> {
  const poller = new Poller(polling);
  poller.up(1, helloOf(token));
  await settle();
  const kinds = kindsIn(await poller.down(1));
  expect([kinds[0], kinds.at(-1)]).toEqual(['welcome', 'synced']);
  return poller;
}

/** Whether a request is answered by now. */
async function now(request: Promise<Fetched>): Promise<Fetched | 'waits'> {
  await settle();
  return Promise.race([request, settle().then(() => 'waits' as const)]);
}

const closingIn = (fetched: Fetched) => {
  const last = framesIn(fetched).at(-1)?.frame;
  return last?.case === 'push' && last.value.body?.case === 'closing' ? last.value.body.value.code : undefined;
};

describe('upwards', () => {
  test('[POL-3] a request that comes again is not carried out again', async () => {
    const poller = await online();
    expect([poller.up(2, message(2)), poller.up(2, message(2)), poller.up(1, message(2))]).toEqual(
      Array(3).fill('taken'),
    );
    await settle();
    expect(kindsIn(await poller.down(2))).toEqual(['userEvent', 'messageSent']);
    expect(await now(poller.down(3))).toBe('waits');
  });

  test('[POL-3] a request after a gap carries out nothing; in their turn both are', async () => {
    const poller = await online();
    expect(poller.up(3, ping(3))).toBe('out-of-order');
    expect(await now(poller.down(2))).toBe('waits');
    poller.up(2, ping(2));
    poller.up(3, ping(3));
    await settle();
    const ids = framesIn(await poller.down(2)).map(({ frame }) => (frame?.case === 'reply' ? frame.value.id : 0));
    expect(ids).toEqual([2, 3]);
  });

  test('[POL-4, FRM-2] a body that ends inside a frame ends the session, after the frames before it', async () => {
    const poller = await online();
    const bytes = frameOf(ping(2));
    expect(poller.upBytes(2, Uint8Array.from([...bytes, ...bytes.subarray(0, 5)]))).toBe('taken');
    await settle();
    const fetched = await poller.down(2);
    expect(kindsIn(fetched)).toEqual(['pong', 'closing']);
    expect(closingIn(fetched)).toBe(CloseCode.MALFORMED);
  });

  test('[POL-4, FRM-2] a body with too many frames ends the session, after as many were carried out', async () => {
    const poller = await online();
    const most = Array.from({ length: MESSAGE_FRAMES_MAX }, (_, n) => ping(2 + n));
    expect(poller.up(2, ...most)).toBe('taken');
    await settle();
    let n = 2;
    for (let answered = 0; answered < most.length; n++) answered += framesIn(await poller.down(n)).length;
    expect(poller.up(3, message(1), ...most)).toBe('taken');
    expect(poller.up(4, ping(1))).toBe('gone');
    expect(closingIn(await poller.down(n))).toBe(CloseCode.RATE_EXCEEDED);
    await settle();
    expect(await world.store.log.head(withBoris)).toMatchObject({ lastSeq: 1 });
  });
});

describe('downwards', () => {
  test('[POL-5] an answer stays the same until the next is asked for, and is gone then', async () => {
    const poller = await online();
    poller.up(2, ping(2));
    await settle();
    const first = await poller.down(2);
    poller.up(3, ping(3));
    await settle();
    expect(await poller.down(2)).toEqual(first);
    expect(kindsIn(await poller.down(3))).toEqual(['pong']);
    expect(kindsIn(await poller.down(2))).toEqual(['(out-of-order)']);
    expect(kindsIn(await poller.down(5))).toEqual(['(out-of-order)']);
  });

  test('[POL-6] a request waits for frames, or is answered with nothing in the end', async () => {
    const poller = await online();
    const waiting = poller.down(2);
    world.clock.advance(POLL_WAIT_MS - 1);
    expect(await now(waiting)).toBe('waits');
    world.clock.advance(1);
    expect(await waiting).toEqual({ kind: 'nothing' });
    const again = poller.down(2);
    const boris = await world.online('boris');
    boris.send(5, 'hello');
    expect(kindsIn(await again)).toContain('entry');
  });

  test('[POL-6] much is spread over several answers, at the borders of frames', async () => {
    const poller = await online();
    const boris = await world.online('boris');
    for (let id = 2; id < 12; id++) boris.send(id, 'x'.repeat(60_000));
    await settle();
    const seqs: number[] = [];
    for (let n = 2; seqs.length < 10; n++) {
      const fetched = await poller.down(n);
      expect(fetched.kind === 'frames' && fetched.bytes.length).toBeLessThanOrEqual(ANSWER_BYTES_MAX);
      for (const { frame } of framesIn(fetched)) {
        if (frame?.case === 'push' && frame.value.body?.case === 'entry') seqs.push(frame.value.body.value.seq);
      }
    }
    expect(seqs).toEqual(Array.from({ length: 10 }, (_, index) => index + 1));
  });

  test('[POL-7] a later request takes the place of the waiting one', async () => {
    const poller = await online();
    const older = poller.down(2);
    const newer = poller.down(2);
    expect(await older).toEqual({ kind: 'out-of-order' });
    poller.up(2, ping(2));
    expect(kindsIn(await newer)).toEqual(['pong']);
  });

  test('[POL-5] a request whose client hung up takes nothing with it', async () => {
    const poller = await online();
    const hungUp = new AbortController();
    void poller.down(2, hungUp.signal);
    hungUp.abort();
    poller.up(2, ping(2));
    await settle();
    expect(kindsIn(await poller.down(2))).toEqual(['pong']);
  });

  test('[POL-8, SES-9] who acknowledges nothing is a slow reader', async () => {
    const poller = await online();
    const boris = await world.online('boris');
    for (let id = 2; id < 102; id++) {
      boris.send(id, 'x'.repeat(60_000));
      if (id % 10 === 0) await settle();
    }
    await settle();
    expect(poller.up(2, ping(2))).toBe('gone');
    const fetched = await poller.down(2);
    expect(kindsIn(fetched)).toEqual(['closing']);
    expect(closingIn(fetched)).toBe(CloseCode.SLOW_READER);
  });
});

describe('the end', () => {
  test('[POL-9] Closing is fetched, again too, and acknowledging it forgets the connection', async () => {
    const poller = new Poller(polling);
    poller.up(1, ping(1));
    expect(poller.up(2, ping(2))).toBe('gone');
    for (let times = 0; times < 2; times++) expect(closingIn(await poller.down(1))).toBe(CloseCode.OUT_OF_TURN);
    expect(kindsIn(await poller.down(2))).toEqual(['(gone)']);
    expect(kindsIn(await poller.down(1))).toEqual(['(gone)']);
  });

  test.each([
    [2, ['entry', 'entry', 'closing']],
    [3, ['closing']],
  ])('[POL-9] %i waiting messages of 50 KB and Closing: %j', async (messages, kinds) => {
    await world.online('boris').then((boris) => boris.send(2, 'first'));
    await settle();
    const poller = await online('annasPhone');
    const boris = await world.online('boris');
    for (let n = 0; n < messages; n++) boris.send(3 + n, 'x'.repeat(50_000));
    await settle();
    poller.upBytes(2, new Uint8Array(3));
    expect(kindsIn(await poller.down(2))).toEqual(kinds);
    expect(kindsIn(await poller.down(3))).toEqual(['(gone)']);
  });

  test('[POL-9] nobody has to come for it', async () => {
    const poller = new Poller(polling);
    poller.up(1, ping(1));
    world.clock.advance(POLL_LINGER_MS);
    expect(kindsIn(await poller.down(1))).toEqual(['(gone)']);
  });

  test('[POL-9, SES-10] a waiting client is told that the server stops', async () => {
    const poller = await online();
    const waiting = poller.down(2);
    await world.gateway.drain(1_000);
    expect(closingIn(await waiting)).toBe(CloseCode.GOING_AWAY);
    expect(polling.open().kind).toBe('refused');
  });

  test('[POL-10] a client may say that it goes', async () => {
    const poller = await online();
    const waiting = poller.down(2);
    expect([poller.end(), poller.end()]).toEqual(['taken', 'gone']);
    expect(await waiting).toEqual({ kind: 'gone' });
    expect(world.gateway.connectionCount).toBe(0);
  });

  test('[POL-10] a client that asks for nothing any more is lost, one that waits is not', async () => {
    const poller = await online();
    const other = await online('boris');
    const waiting = other.down(2);
    world.clock.advance(POLL_WAIT_MS - 1);
    expect(await now(waiting)).toBe('waits');
    for (let minutes = 0; minutes < 3; minutes++) {
      poller.up(2 + minutes, ping(2 + minutes));
      other.up(2 + minutes, ping(2 + minutes));
      await settle();
      if (minutes === 0) expect(world.gateway.connectionCount).toBe(2);
      await other.down(2 + minutes);
      world.clock.advance(POLL_ABSENCE_MS / 2);
    }
    expect(kindsIn(await poller.down(2))).toEqual(['(gone)']);
    expect(world.gateway.connectionCount).toBe(1);
  });

  test('[POL-1, SES-1] a client that never says Hello is told so', async () => {
    const poller = new Poller(polling);
    const waiting = poller.down(1);
    world.clock.advance(12_000);
    expect(closingIn(await waiting)).toBe(CloseCode.HANDSHAKE_TIMEOUT);
  });
});
