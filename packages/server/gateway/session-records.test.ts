import { RECORDS_MAX } from '@hongyan/core';
import {
  type AccountRecord,
  DEFAULT_LIMITS,
  directConversationId,
  ErrorCode,
  selfConversationId,
} from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import type { Peer } from '../testing/peer.ts';
import { anna, boris, carla, testId, withBoris } from '../testing/people.ts';

let world: GatewayWorld;
let phone: Peer;
let laptop: Peer;

beforeEach(async () => {
  world = await GatewayWorld.create();
  phone = await world.online('annasPhone');
  laptop = await world.online('anna');
});

const draftKey = `draft/${withBoris}`;
const record = (key: string, changedAtMs: number, ...value: number[]): AccountRecord => ({
  key,
  changedAtMs,
  value: Uint8Array.from(value),
});
const plain = ({ key, changedAtMs, value }: AccountRecord) => [key, changedAtMs, ...value];
let commandId = 100;

/** What the command was answered with. */
async function set(peer: Peer, change: AccountRecord | undefined) {
  commandId += 1;
  peer.say(commandId, { case: 'setRecord', value: { record: change } });
  await settle();
  await settle();
  return peer.errorOf(commandId) ?? peer.replies(commandId)[0]?.case;
}

const told = (peer: Peer) =>
  peer
    .pushes('userEvent')
    .flatMap(({ seq, event }) => (event?.case === 'recordChanged' ? [[seq, ...plain(event.value)]] : []));
const pushedRecords = (peer: Peer) => peer.pushes('records').flatMap(({ records }) => records.map(plain));

describe('setting a record', () => {
  test('[REC-4] Done comes after the commit, and every device of the account is told, the one that did it too', async () => {
    const other = await world.online('boris');
    expect(await set(phone, record(draftKey, 900, 1, 2))).toBe('done');
    for (const peer of [phone, laptop]) expect(told(peer)).toEqual([[1, draftKey, 900, 1, 2]]);
    expect(told(other)).toEqual([]);
    const kept = await world.store.records.changedSince({ userId: anna.userId, afterSeq: 0, limit: 9, bytesMax: 9 });
    expect(kept.map((placed) => plain(placed.record))).toEqual([[draftKey, 900, 1, 2]]);
  });

  test('[REC-2] a repeated, late or equal change is answered Done, and nobody is told of it', async () => {
    await set(phone, record('setting/a', 900, 5));
    for (const late of [record('setting/a', 900, 5), record('setting/a', 899, 9), record('setting/a', 900, 4)]) {
      expect(await set(laptop, late)).toBe('done');
    }
    expect(told(phone)).toEqual([[1, 'setting/a', 900, 5]]);
  });

  test.each([
    ['a key of no kind', record('note/x', 1), ErrorCode.INVALID_ARGUMENT],
    ['a draft in nothing', record('draft/x', 1), ErrorCode.INVALID_ARGUMENT],
    ['an empty key', record('', 1), ErrorCode.INVALID_ARGUMENT],
    ['no record', undefined, ErrorCode.INVALID_ARGUMENT],
    ['a key too long', record(`setting/${'a'.repeat(200)}`, 1), ErrorCode.LIMIT_EXCEEDED],
    ['a value too long', { key: 'setting/a', changedAtMs: 1, value: new Uint8Array(16_385) }, ErrorCode.LIMIT_EXCEEDED],
    ['a name no setting has', record('setting/A', 1), ErrorCode.INVALID_ARGUMENT],
    [
      'a conversation of others',
      record(`draft/${directConversationId(boris.userId, carla.userId)}`, 1),
      ErrorCode.FORBIDDEN,
    ],
    ['the notes of another', record(`cleared/${selfConversationId(boris.userId)}`, 1), ErrorCode.FORBIDDEN],
    [
      'a conversation with nobody',
      record(`draft/${directConversationId(anna.userId, testId('u', 9))}`, 1),
      ErrorCode.NOT_FOUND,
    ],
  ])('[REC-1, REC-7] %s is refused and nothing is written', async (_what, change, code) => {
    expect(await set(phone, change)).toBe(code);
    expect(await world.store.userLog.lastSeq(anna.userId)).toBe(0);
  });

  test('[REC-7] the greatest value and a key beyond the bound', async () => {
    const value = new Uint8Array(DEFAULT_LIMITS.recordValueBytesMax);
    expect(await set(phone, { key: 'setting/a', changedAtMs: 1, value })).toBe('done');
    for (let at = 1; at < RECORDS_MAX; at++) {
      await world.store.records.set({ userId: anna.userId, ...record(`setting/a${at}`, 1), timeMs: 1 });
    }
    expect(await set(phone, record('setting/one-more', 1))).toBe(ErrorCode.LIMIT_EXCEEDED);
    expect(await set(phone, record('setting/a', 2))).toBe('done');
  });

  test('[REC-3] a change from a clock far ahead counts as made now, so that a later one stays', async () => {
    const nowMs = world.clock.now();
    await set(phone, record('setting/a', nowMs + 300_001, 1));
    await set(phone, record('setting/b', nowMs + 300_000, 1));
    world.clock.advance(1);
    await set(laptop, record('setting/a', nowMs + 1, 2));
    await set(laptop, record('setting/b', nowMs + 1, 2));
    expect(told(laptop)).toEqual([
      [1, 'setting/a', nowMs, 1],
      [2, 'setting/b', nowMs + 300_000, 1],
      [3, 'setting/a', nowMs + 1, 2],
    ]);
  });
});

describe('records after absence', () => {
  test('[REC-5] a device without a position gets each record as it is, before Synced', async () => {
    await set(phone, record('setting/a', 1, 1));
    await set(phone, record(draftKey, 2, 2));
    await set(phone, record('setting/a', 3, 3));
    const fresh = await world.online('anna');
    expect(pushedRecords(fresh)).toEqual([
      [draftKey, 2, 2],
      ['setting/a', 3, 3],
    ]);
    expect(told(fresh)).toEqual([]);
    const kinds = fresh.frames.flatMap(({ frame }) => (frame?.case === 'push' ? [frame.value.body?.case] : []));
    expect(kinds.indexOf('records')).toBeLessThan(kinds.indexOf('synced'));
    expect(fresh.pushes('synced')[0]?.userSeq).toBe(3);
  });

  test('[REC-4, REC-5] one that is a little behind gets the events, each with the record as it is now', async () => {
    await set(phone, record('setting/a', 1, 1));
    await set(phone, record('setting/a', 2, 2));
    await set(phone, record('setting/a', 3, 3));
    const back = await world.online('anna', { userSeq: 1 });
    expect(told(back)).toEqual([
      [2, 'setting/a', 3, 3],
      [3, 'setting/a', 3, 3],
    ]);
    expect(pushedRecords(back)).toEqual([]);
  });

  test('[REC-5] one that is far behind gets what changed after its position', async () => {
    await set(phone, record(draftKey, 1, 7));
    for (let at = 1; at <= 1_005; at++) {
      await world.store.records.set({ userId: anna.userId, ...record('setting/a', at, 1), timeMs: 1 });
    }
    const back = await world.online('anna', { userSeq: 1 });
    expect(pushedRecords(back)).toEqual([['setting/a', 1_005, 1]]);
    expect(told(back)).toEqual([]);
    expect(back.pushes('synced')[0]?.userSeq).toBe(1_006);
  });

  test.each([0, 1])(
    '[REC-5, SES-9] the greatest records make nobody a slow reader: from %i, what Synced does not cover is fetched',
    async (userSeq) => {
      const count = 300;
      const value = new Uint8Array(DEFAULT_LIMITS.recordValueBytesMax);
      for (let at = 0; at < count; at++) {
        const change = { key: `setting/a${at}`, changedAtMs: 1, value, timeMs: 1 };
        await world.store.records.set({ userId: anna.userId, ...change });
      }
      const back = await world.online('anna', { userSeq });
      await settle();
      expect(back.closedWith).toBeUndefined();
      const covered = back.pushes('synced')[0]?.userSeq ?? 0;
      expect(covered).toBeGreaterThan(userSeq);
      expect(covered).toBeLessThan(count);
      expect(told(back).at(-1)?.[0]).toBe(count);
      const keys = new Set([...pushedRecords(back), ...told(back).map(([, ...rest]) => rest)].map(([key]) => key));
      for (let afterSeq = covered; afterSeq < count; ) {
        commandId += 1;
        back.say(commandId, { case: 'fetchUserEvents', value: { afterSeq, limit: 200 } });
        await settle();
        const page = back.replies(commandId)[0];
        if (page?.case !== 'userEventPage') throw new Error('no page');
        expect(page.value.lastSeq).toBe(count);
        for (const { event } of page.value.events) if (event?.case === 'recordChanged') keys.add(event.value.key);
        afterSeq = page.value.events.at(-1)?.seq ?? count;
      }
      expect(keys.size).toBe(count - userSeq);
    },
  );
});
