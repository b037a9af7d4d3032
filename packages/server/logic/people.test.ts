import {
  decodeWish,
  EntryKind,
  ErrorCode,
  encodeBlock,
  encodeReaction,
  encodeSetting,
  encodeWish,
  type RecordKey,
  recordKey,
  type UserId,
} from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import type { Peer } from '../testing/peer.ts';
import { anna, boris, carla, withBoris } from '../testing/people.ts';
import { createGroup } from './index.ts';

let world: GatewayWorld;
let a: Peer;
let b: Peer;
let commands = 1;

beforeEach(async () => {
  world = await GatewayWorld.create();
  a = await world.online('anna');
  b = await world.online('boris');
});

/** What comes of a change of a record: `done`, or the error's code. */
async function set(peer: Peer, key: RecordKey | string, value: Uint8Array, changedAtMs = world.clock.now()) {
  const id = ++commands;
  const record = { key: typeof key === 'string' ? key : recordKey(key), changedAtMs, value };
  peer.say(id, { case: 'setRecord', value: { record } });
  return answered(peer, id);
}

async function answered(peer: Peer, id: number) {
  for (let turns = 0; turns < 20 && peer.replies(id).length === 0; turns++) await settle();
  return peer.errorOf(id) ?? peer.replies(id)[0]?.case;
}

async function write(peer: Peer) {
  const id = ++commands;
  peer.send(id, 'hello');
  return answered(peer, id);
}

const wish = (wanted = true, greeting = 'It is me') => encodeWish({ wanted, greeting });
const friend = (userId: UserId): RecordKey => ({ kind: 'friend', userId });
const recordsOf = (peer: Peer) =>
  peer.pushes('userEvent').flatMap(({ event }) => (event?.case === 'recordChanged' ? [event.value] : []));

describe('wishes', () => {
  test('[PPL-1, B1] a request comes to the other one’s devices, with its greeting, also to those that were away', async () => {
    expect(await set(a, friend(boris.userId), wish())).toBe('done');
    const [told] = recordsOf(b);
    expect(told?.key).toBe(`peer/${anna.userId}`);
    expect(decodeWish(told?.value ?? new Uint8Array())).toEqual({ wanted: true, greeting: 'It is me' });
    const late = await world.online('boris');
    expect(late.pushes('records').flatMap(({ records }) => records)).toEqual([told]);
    expect(recordsOf(a).map(({ key }) => key)).toEqual([`friend/${boris.userId}`]);
  });

  test('[PPL-1, REC-2] of two changes the later one stays, for both', async () => {
    const now = world.clock.now();
    await set(a, friend(boris.userId), wish(), now);
    expect(await set(a, friend(boris.userId), new Uint8Array(), now - 1)).toBe('done');
    expect(recordsOf(b)).toHaveLength(1);
    await set(a, friend(boris.userId), new Uint8Array(), now + 1);
    expect(recordsOf(b).at(-1)).toMatchObject({ key: `peer/${anna.userId}`, value: new Uint8Array() });
  });

  const refused: [string, () => Promise<unknown>, unknown][] = [
    ['by a device in the other one’s name', () => set(a, `peer/${boris.userId}`, wish()), ErrorCode.INVALID_ARGUMENT],
    ['about oneself', () => set(a, friend(anna.userId), wish()), ErrorCode.INVALID_ARGUMENT],
    ['about nobody', () => set(a, friend('u0000000000000000'), wish()), ErrorCode.NOT_FOUND],
    ['that is none', () => set(a, friend(boris.userId), Uint8Array.of(255)), ErrorCode.INVALID_ARGUMENT],
    ['with a speech', () => set(a, friend(boris.userId), wish(true, 'x'.repeat(201))), ErrorCode.LIMIT_EXCEEDED],
    ['about no account', () => set(a, 'friend/nobody', wish()), ErrorCode.INVALID_ARGUMENT],
  ];
  test.each(refused)('[PPL-1, PPL-5, REC-1, P9] nobody makes one %s', async (_what, make, code) => {
    expect(await make()).toBe(code);
    expect(recordsOf(b)).toEqual([]);
  });
});

describe('who is blocked', () => {
  test('[PPL-3, B3, P6] writes, reacts and asks in vain, and may take back what it wrote before', async () => {
    expect(await write(a)).toBe('messageSent');
    expect(await set(b, { kind: 'block', userId: anna.userId }, encodeBlock({ blocked: true }))).toBe('done');
    expect(await write(a)).toBe(ErrorCode.NOT_ACCEPTED);
    const amend = (kind: EntryKind, body: Uint8Array) => {
      const id = ++commands;
      const header = { targetSeq: 1, mentionedIds: [], mentionsAll: false, lifetimeMs: 0, livesFromRead: false };
      const named = { conversationId: withBoris, clientMessageId: `c${id}`, clientTimeMs: 0 };
      a.say(id, { case: 'changeConversation', value: { ...named, kind, header, body } });
      return answered(a, id);
    };
    expect(await amend(EntryKind.REACTION, encodeReaction({ emoji: ['👍'] }))).toBe(ErrorCode.NOT_ACCEPTED);
    expect(await set(a, friend(boris.userId), wish())).toBe(ErrorCode.NOT_ACCEPTED);
    expect(await invite(anna.userId, [boris.userId])).toBe(ErrorCode.NOT_ACCEPTED);
    expect(await amend(EntryKind.RECALL, new Uint8Array())).toBe('messageSent');
    expect(await write(b)).toBe('messageSent');
    await set(b, { kind: 'block', userId: anna.userId }, new Uint8Array(), world.clock.now() + 1);
    expect(await write(a)).toBe('messageSent');
  });
});

async function invite(creator: UserId, members: UserId[]): Promise<unknown> {
  const random = { bytes: (count: number) => new Uint8Array(count).fill(++commands) };
  const group = { name: 'Geese', members, clientMessageId: `g${commands}` };
  return createGroup({ ...world, random }, creator, group).then(
    () => 'made',
    ({ code }: { code: ErrorCode }) => code,
  );
}

describe('who may write', () => {
  const setting = (name: string, value: string) =>
    set(b, { kind: 'setting', name }, encodeSetting({ value }), ++commands);

  test('[PPL-4, B4] nobody: nobody writes, invitations aside', async () => {
    await setting('who-may-write', 'nobody');
    expect(await write(a)).toBe(ErrorCode.NOT_ACCEPTED);
    expect(await invite(anna.userId, [boris.userId])).toBe('made');
    await setting('who-may-write', 'whatever');
    expect(await write(a)).toBe('messageSent');
  });

  test('[PPL-4, PPL-2, B4] friends: who is one writes, until the friendship ends', async () => {
    await setting('who-may-write', 'friends');
    await set(a, friend(boris.userId), wish());
    expect(await write(a)).toBe(ErrorCode.NOT_ACCEPTED);
    await set(b, friend(anna.userId), wish());
    expect(await write(a)).toBe('messageSent');
    await set(b, friend(anna.userId), new Uint8Array(), world.clock.now() + 1);
    expect(await write(a)).toBe(ErrorCode.NOT_ACCEPTED);
  });

  test('[PPL-4, B4] who may not be invited by everybody is not, and the refusal says who that is', async () => {
    await setting('who-may-invite', 'friends');
    expect(await invite(anna.userId, [boris.userId, carla.userId])).toBe(ErrorCode.NOT_ACCEPTED);
    expect(await invite(anna.userId, [carla.userId])).toBe('made');
  });
});
