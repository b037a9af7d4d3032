import { ConversationKind, type Entry, EntryKind, NO_FACTS } from '@hongyan/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConversationRecord, EngineBatch } from '../engine/types.ts';
import type { Person } from '../types.ts';
import type { Leaving } from './ownership.ts';
import { type ClientStore, PEOPLE_MAX, type SessionRecord } from './store.ts';

const conversationId = 'direct.u0000000000000000.u0000000000000001';
const userId = 'u0000000000000000';

const session: SessionRecord = {
  me: { userId, deviceId: 'd0000000000000000', handle: 'anna', displayName: 'Anna', statusLine: '' },
  accessToken: 'access',
  accessTokenExpiresAtMs: 1,
  refreshToken: 'refresh',
};

const entry = (seq: number, id = `m${seq}`): Entry => ({
  conversationId,
  seq,
  kind: EntryKind.MESSAGE,
  senderId: userId,
  clientMessageId: id,
  clientTimeMs: seq,
  serverTimeMs: seq,
  body: new Uint8Array([seq, 255]),
});

const record = (fromSeq: number, toSeq: number, generation = 0, readSeq = 0): ConversationRecord => ({
  conversationId,
  kind: ConversationKind.DIRECT,
  generation,
  fromSeq,
  toSeq,
  cursors: [{ userId, deliveredSeq: readSeq, readSeq }],
  lastEntry: toSeq > 0 ? entry(toSeq) : undefined,
  unread: { seqs: [], fromSeq: 1, before: 0 },
});

const batch = (parts: Partial<EngineBatch>): EngineBatch => ({
  entries: [],
  erased: [],
  conversations: [],
  outboxPut: [],
  outboxRemove: [],
  records: [],
  userSeq: 0,
  ...parts,
});

const run = (fromSeq: number, toSeq: number) =>
  Array.from({ length: toSeq - fromSeq + 1 }, (_, index) => entry(fromSeq + index));

const held = (fromSeq: number, toSeq: number, generation = 0, readSeq = 0) =>
  batch({ entries: run(fromSeq, toSeq), conversations: [record(fromSeq, toSeq, generation, readSeq)] });

const person = (number: number, displayName = `Person ${number}`): Person => ({
  userId: `u${String(number).padStart(16, '0')}`,
  handle: `person-${number}`,
  displayName,
  statusLine: '',
});

/** What every ClientStore has to do. `open` gives the same account each time within a test, as after a restart. */
export function clientStoreContract(
  name: string,
  fresh: () => { open: () => ClientStore; survivesRestart: boolean },
): void {
  describe(`client store: ${name}`, () => {
    let store: ClientStore;
    let source: ReturnType<typeof fresh>;
    beforeEach(async () => {
      source = fresh();
      store = source.open();
    });
    afterEach(() => store.close());

    const restart = async () => {
      if (!source.survivesRestart) return;
      await store.close();
      store = source.open();
    };
    const apply = (of: EngineBatch) => store.apply(session.me.deviceId, of);
    const savePeople = (people: readonly Person[]) => store.savePeople(session.me.deviceId, people);
    const end = (leaving: Leaving = 'nothing') => store.end(session.me.deviceId, leaving);
    const seqs = async (beforeSeq: number, limit: number) =>
      (await store.entries({ conversationId, beforeSeq, limit })).map(({ seq }) => seq);
    const loaded = async () => (await store.load())?.conversations[0];

    test('nobody is signed in at first, and after the session has ended', async () => {
      expect(await store.load()).toBeUndefined();
      await store.begin(session);
      await apply(held(1, 3));
      await end();
      expect(await store.load()).toBeUndefined();
      expect(await store.session()).toBeUndefined();
      expect(await seqs(10, 10)).toEqual([]);
    });

    test('[SYN-6] entries, position, outbox and user position of a batch are kept together', async () => {
      const message = { clientMessageId: 'q', conversationId, position: 1, clientTimeMs: 5, failure: undefined };
      const outboxRecord = { ...message, body: new Uint8Array([1, 2]) };
      await store.begin(session);
      await apply(batch({ outboxPut: [outboxRecord] }));
      expect((await store.load())?.outbox.map(({ body }) => [...body])).toEqual([[1, 2]]);
      await apply({ ...held(1, 3), outboxRemove: ['q'], userSeq: 7 });
      await restart();
      const snapshot = await store.load();
      expect(snapshot?.session).toEqual(session);
      expect(snapshot?.outbox).toEqual([]);
      expect(snapshot?.userSeq).toBe(7);
      expect(snapshot?.conversations[0]).toMatchObject({ fromSeq: 1, toSeq: 3, lastEntry: { seq: 3 } });
      const kept = await store.entries({ conversationId, beforeSeq: 4, limit: 10 });
      expect(kept.map(({ seq, body }) => [seq, ...body])).toEqual([
        [1, 1, 255],
        [2, 2, 255],
        [3, 3, 255],
      ]);
      expect(kept[0]?.body).toBeInstanceOf(Uint8Array);
    });

    test('[OUT-7] the outbox alone is what it is in the whole, as the last batch left it', async () => {
      const message = { conversationId, clientTimeMs: 5, failure: undefined, body: new Uint8Array([1]) };
      const [first, second] = ['a', 'b'].map((id, index) => ({ ...message, clientMessageId: id, position: index + 1 }));
      await store.begin(session);
      expect(await store.outbox()).toEqual([]);
      await apply(batch({ outboxPut: [first, second] as EngineBatch['outboxPut'] }));
      await apply(batch({ outboxPut: [{ ...message, clientMessageId: 'b', position: 3, failure: 'FORBIDDEN' }] }));
      await apply(batch({ outboxRemove: ['a'] }));
      expect(await store.outbox()).toMatchObject([{ clientMessageId: 'b', position: 3, failure: 'FORBIDDEN' }]);
      expect((await store.load())?.outbox).toEqual(await store.outbox());
      await end();
      expect(await store.outbox()).toEqual([]);
    });

    test('[SYN-6] reads give the newest entries below a place, ascending', async () => {
      await store.begin(session);
      await apply(held(1, 10));
      expect(await seqs(11, 3)).toEqual([8, 9, 10]);
      expect(await seqs(8, 3)).toEqual([5, 6, 7]);
      expect(await seqs(3, 10)).toEqual([1, 2]);
      expect(await seqs(1, 10)).toEqual([]);
    });

    const changing = (seq: number, kind: EntryKind, targetSeq: number): Entry => ({
      ...entry(seq),
      kind,
      header: { targetSeq, mentionedIds: [userId], mentionsAll: false, lifetimeMs: 0, livesFromRead: false },
    });
    const bodies = async () =>
      (await store.entries({ conversationId, beforeSeq: 100, limit: 100 })).map(({ body }) => body.length);

    test('[MSG-21] a message that is erased leaves nothing of itself and of its edits, and nothing brings it back', async () => {
      await store.begin(session);
      const edits = [
        changing(4, EntryKind.EDIT, 2),
        changing(5, EntryKind.EDIT, 3),
        changing(6, EntryKind.REACTION, 2),
      ];
      await apply(batch({ entries: [...run(1, 3), ...edits], conversations: [record(1, 6)] }));
      const recall = changing(7, EntryKind.RECALL, 2);
      const erased = [{ conversationId, seq: 2 }];
      await apply(batch({ entries: [recall], erased, conversations: [record(1, 7)] }));
      expect(await bodies()).toEqual([2, 0, 2, 0, 2, 2, 2]);
      const kept = await store.entries({ conversationId, beforeSeq: 5, limit: 1 });
      expect(kept[0]).toMatchObject({ kind: EntryKind.EDIT, header: { targetSeq: 2, mentionedIds: [] } });
      await apply(held(1, 3));
      await restart();
      expect(await bodies()).toEqual([2, 0, 2, 0, 2, 2, 2]);
    });

    test('[MSG-21] also one that comes with the same batch, and one of a conversation that is not held is nothing', async () => {
      await store.begin(session);
      const erased = [
        { conversationId, seq: 3 },
        { conversationId, seq: 33 },
      ];
      await apply({ ...held(1, 3), erased });
      expect(await bodies()).toEqual([2, 2, 0]);
    });

    test('[MSG-22] what changes some messages is found without what lies between', async () => {
      await store.begin(session);
      const [edit, reaction] = [changing(4, EntryKind.EDIT, 2), changing(5, EntryKind.REACTION, 1)];
      await apply(batch({ entries: [...run(1, 3), edit, reaction], conversations: [record(1, 5)] }));
      await restart();
      const found = async (...of: Entry[]) =>
        (await store.changes({ conversationId }, of)).map(({ seq }) => seq).sort((a, b) => a - b);
      expect(await found(entry(1), entry(2))).toEqual([4, 5]);
      expect(await found(entry(2))).toEqual([4]);
      expect(await found(entry(3))).toEqual([]);
      expect(await found()).toEqual([]);
    });

    test('[MSG-24] what lies before the first place that may be kept is erased, and not taken again', async () => {
      await store.begin(session);
      await apply(held(1, 6));
      await apply(batch({ conversations: [{ ...record(4, 6), firstSeq: 4 }] }));
      expect(await loaded()).toMatchObject({ fromSeq: 4, toSeq: 6 });
      await apply(held(1, 3));
      await restart();
      expect(await loaded()).toMatchObject({ fromSeq: 4, toSeq: 6 });
      expect((await seqs(10, 10)).filter((seq) => seq < 4)).toEqual([]);
      await apply({ ...held(7, 9), conversations: [{ ...record(9, 9), firstSeq: 8 }] });
      expect((await seqs(10, 10)).filter((seq) => seq < 8)).toEqual([]);
    });

    test('[SYN-21, MSG-21] what lies before a newer page that takes its place is erased', async () => {
      await store.begin(session);
      await apply(held(1, 5));
      await apply(held(20, 22));
      await restart();
      expect(await loaded()).toMatchObject({ fromSeq: 20, toSeq: 22 });
      expect((await seqs(6, 10)).concat(await seqs(20, 10))).toEqual([]);
      expect(await store.changes({ conversationId }, [entry(1)])).toEqual([]);
      await apply(held(6, 7));
      expect(await seqs(8, 10)).toEqual([]);
    });

    test('[SYN-6, SYN-21] another program that went on from there claims only what it brings along', async () => {
      await store.begin(session);
      await apply(held(1, 5));
      await apply(held(20, 22));
      await apply({ ...held(8, 23), conversations: [record(1, 23)] });
      await restart();
      expect(await loaded()).toMatchObject({ fromSeq: 8, toSeq: 23 });
      expect((await seqs(24, 100)).length).toBe(16);
    });

    test('[MSG-24, MSG-23] of two programs the facts that go further stay, and all that has a lifetime', async () => {
      const facts = (seq: number) => ({ ...NO_FACTS, seq, name: `name ${seq}` });
      const timed = (seq: number, dueMs: number | undefined) => ({ seq, lifetimeMs: 9, mine: false, dueMs });
      await store.begin(session);
      await apply(batch({ conversations: [{ ...record(1, 5), facts: facts(5), timed: [timed(1, 7), timed(5, 3)] }] }));
      await apply(batch({ conversations: [{ ...record(1, 3), facts: facts(2), timed: [timed(1, undefined)] }] }));
      await restart();
      expect(await loaded()).toMatchObject({ facts: { seq: 5 }, timed: [timed(1, 7), timed(5, 3)] });
    });

    test('[RCP-3] a position stated late by another tab moves nothing back', async () => {
      await store.begin(session);
      await apply({ ...held(1, 5, 0, 4), userSeq: 9 });
      await apply({ ...held(1, 3, 0, 2), userSeq: 8 });
      expect(await loaded()).toMatchObject({ fromSeq: 1, toSeq: 5, cursors: [{ readSeq: 4 }] });
      expect((await store.load())?.userSeq).toBe(9);
      await apply(held(4, 8));
      expect(await loaded()).toMatchObject({ fromSeq: 1, toSeq: 8, cursors: [{ readSeq: 4 }] });
      expect(await seqs(9, 100)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    test('[A3] people are kept as they were last saved, and forgotten with the session', async () => {
      await store.begin(session);
      await savePeople([person(1), person(2)]);
      await savePeople([person(1, 'Renamed'), person(3)]);
      await restart();
      expect((await store.load())?.people).toEqual([person(2), person(1, 'Renamed'), person(3)]);
      await end();
      await store.begin(session);
      expect((await store.load())?.people).toEqual([]);
    });

    test('[P8] of people only the bound is kept, those saved last', async () => {
      await store.begin(session);
      await savePeople(Array.from({ length: PEOPLE_MAX }, (_, index) => person(index)));
      await savePeople([person(0), person(PEOPLE_MAX)]);
      const people = (await store.load())?.people ?? [];
      expect(people).toHaveLength(PEOPLE_MAX);
      expect(people.slice(0, 2)).toEqual([person(2), person(3)]);
      expect(people.slice(-2)).toEqual([person(0), person(PEOPLE_MAX)]);
    });

    const version = (changedAtMs: number, ...value: number[]) => ({ changedAtMs, value: Uint8Array.from(value) });
    const records = async () => {
      const held = (await store.load())?.records ?? [];
      return held.map(({ key, confirmed, pending }) => [key, confirmed?.changedAtMs, pending && [...pending.value]]);
    };

    test('[REC-6] what was changed here and is not at the server is there after a restart', async () => {
      await store.begin(session);
      await apply(batch({ records: [{ key: 'setting/a', confirmed: version(1, 9), pending: version(4, 7, 8) }] }));
      await apply(batch({ records: [{ key: 'setting/b', confirmed: undefined, pending: version(2, 5) }] }));
      if (source.survivesRestart) {
        for (let restart = 0; restart < 2; restart++) {
          await store.close();
          store = source.open();
          await store.load();
        }
      }
      expect(await records()).toEqual([
        ['setting/a', 1, [7, 8]],
        ['setting/b', undefined, [5]],
      ]);
      expect((await store.load())?.records[0]?.pending?.value).toBeInstanceOf(Uint8Array);
    });

    test('[REC-2] of what the server has the later version is kept, and nothing is pending that is not later', async () => {
      await store.begin(session);
      const keep = (confirmed: number, pending?: number) =>
        apply(
          batch({
            records: [
              {
                key: 'setting/a',
                confirmed: version(confirmed, confirmed),
                pending: pending === undefined ? undefined : version(pending, pending),
              },
            ],
          }),
        );
      await keep(5, 9);
      await keep(3, 9);
      expect(await records()).toEqual([['setting/a', 5, [9]]]);
      await keep(9);
      expect(await records()).toEqual([['setting/a', 9, undefined]]);
      await keep(4, 8);
      expect(await records()).toEqual([['setting/a', 9, undefined]]);
      await end();
      await store.begin(session);
      expect(await records()).toEqual([]);
    });

    test('[SYN-7] a dropped log takes its entries along, and an old tab cannot bring them back', async () => {
      await store.begin(session);
      await apply(held(1, 5));
      await apply({ ...held(1, 2, 1), entries: [entry(1, 'x1'), entry(2, 'x2')] });
      await apply(held(6, 7, 0));
      expect(await loaded()).toMatchObject({ generation: 1, toSeq: 2 });
      const kept = await store.entries({ conversationId, beforeSeq: 100, limit: 100 });
      expect(kept.map(({ clientMessageId }) => clientMessageId)).toEqual(['x1', 'x2']);
    });

    const other: SessionRecord = {
      ...session,
      me: { ...session.me, userId: 'u0000000000000001', deviceId: 'd0000000000000001', handle: 'ben' },
    };
    const again: SessionRecord = { ...session, me: { ...session.me, deviceId: 'd0000000000000002' } };
    const written = (clientMessageId: string, senderId = userId) => ({
      ...{ clientMessageId, senderId, conversationId, position: 1, clientTimeMs: 5 },
      ...{ body: new Uint8Array([1]), failure: undefined },
    });
    const outboxIds = async () => (await store.outbox()).map(({ clientMessageId }) => clientMessageId);

    test('[OUT-9] what was not sent when the server ended the session is there when the same account signs in again', async () => {
      await store.begin(session);
      await apply({ ...held(1, 3), userSeq: 4 });
      await apply(batch({ outboxPut: [written('a')] }));
      await end('outbox');
      await restart();
      expect(await store.load()).toBeUndefined();
      expect(await seqs(10, 10)).toEqual([]);
      expect(await store.begin(again)).toMatchObject([{ clientMessageId: 'a', senderId: userId }]);
      await restart();
      expect(await store.load()).toMatchObject({ session: again, userSeq: 0, conversations: [] });
      expect((await store.load())?.outbox).toMatchObject([{ clientMessageId: 'a' }]);
    });

    test('[OUT-9] another account that signs in finds nothing of it, nor does the first one after that', async () => {
      await store.begin(session);
      await apply(batch({ outboxPut: [written('a')] }));
      await end('outbox');
      expect(await store.begin(other)).toEqual([]);
      expect(await outboxIds()).toEqual([]);
      await store.end(other.me.deviceId, 'outbox');
      await restart();
      expect(await store.begin(again)).toEqual([]);
    });

    test('[OUT-9] a person who signs out leaves nothing', async () => {
      await store.begin(session);
      await apply(batch({ outboxPut: [written('a')] }));
      await end('nothing');
      await restart();
      expect(await outboxIds()).toEqual([]);
      expect(await store.begin(again)).toEqual([]);
    });

    test('[OUT-9] a message of an earlier version, which names nobody, is of the account that is signed in', async () => {
      const { senderId: _, ...unnamed } = written('a');
      await store.begin(session);
      await apply(batch({ outboxPut: [unnamed] }));
      await end('outbox');
      expect(await store.begin(again)).toMatchObject([{ clientMessageId: 'a', senderId: userId }]);
    });

    const late = () => [
      store.apply(session.me.deviceId, { ...held(1, 3), userSeq: 7, outboxPut: [written('late')] }),
      store.apply(session.me.deviceId, batch({ userSeq: 7 })),
      store.savePeople(session.me.deviceId, [person(1)]),
      store.saveSession({ ...session, refreshToken: 'late' }),
    ];
    const isRefused = (write: Promise<void>) => expect(write).rejects.toMatchObject({ code: 'signed-out' });

    test('[OUT-10] what is written for a session that was replaced is refused and changes nothing', async () => {
      await store.begin(session);
      await store.begin(other);
      await Promise.all(late().map(isRefused));
      await end();
      await end('outbox');
      await restart();
      expect(await store.load()).toEqual({
        ...{ session: other, userSeq: 0, conversations: [], outbox: [], records: [], people: [] },
      });
      expect(await seqs(10, 10)).toEqual([]);
    });

    test('[OUT-10] nor does it bring back a session that is over', async () => {
      await store.begin(session);
      await end();
      await Promise.all(late().map(isRefused));
      await restart();
      expect([await store.load(), await store.session()]).toEqual([undefined, undefined]);
      expect(await outboxIds()).toEqual([]);
    });

    test('[OUT-9, OUT-10] a message that a client wrote before it heard of the end is kept, for its sender alone', async () => {
      await store.begin(session);
      await store.begin(other);
      await apply(batch({ outboxPut: [written('a')] }));
      await store.note?.([written('b')]);
      expect(await outboxIds()).toEqual(store.note ? ['a', 'b'] : ['a']);
      await store.end(other.me.deviceId, 'nothing');
      expect(await outboxIds()).toEqual([]);
    });

    test('[OUT-11] a message that was noted is kept, and the batch that settles it takes it out', async () => {
      await store.begin(session);
      const writing = apply({ ...held(1, 3), userSeq: 1 });
      await store.note?.([written('a')]);
      await writing;
      await restart();
      if (store.note) expect(await outboxIds()).toEqual(['a']);
      await apply({ ...held(4, 4), outboxRemove: ['a'] });
      expect(await outboxIds()).toEqual([]);
    });
  });
}
