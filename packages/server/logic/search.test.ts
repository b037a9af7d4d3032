import { NEW_GROUP_POLICY } from '@hongyan/core';
import { ContentKind, EntryKind, encodeCleared, encodeText, type Search, selfConversationId } from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { GroupWorld, outcomeOf, type PersonName, userIdOf } from '../testing/group-world.ts';

let group: GroupWorld;
beforeEach(async () => {
  group = await GroupWorld.create();
});

const everything: Search = {
  ...{ text: '', conversationIds: [], senderIds: [], kinds: [], fromMs: 0, toMs: 0, limit: 50 },
};

async function page(name: PersonName, asked: Partial<Search>) {
  const answer = await group.ask(name, { case: 'search', value: { ...everything, ...asked } });
  if (answer.case !== 'searchPage') throw new Error(`a search was answered ${outcomeOf(answer)}`);
  return answer.value;
}

const found = async (name: PersonName, asked: Partial<Search>) =>
  (await page(name, asked)).hits.map(({ entry }) => entry?.seq);

const outcome = async (asked: Partial<Search>, name: PersonName = 'member') =>
  outcomeOf(await group.ask(name, { case: 'search', value: { ...everything, ...asked } }));

const invite = (name: 'stranger' | 'former') =>
  group.change('owner', { case: 'membersAdded', value: { userIds: [userIdOf(name)] } });
const remove = (name: PersonName) =>
  group.change('owner', { case: 'membersRemoved', value: { userIds: [userIdOf(name)] } });

describe('a page', () => {
  test('[SRC-1, C8] has what fits all that was asked for', async () => {
    const first = await group.said('member', '周五去爬山 with everybody');
    const second = await group.said('owner', 'Friday hike: https://hike.example');
    expect(await found('admin', { text: '爬山' })).toEqual([first]);
    expect(await found('admin', { text: 'hik' })).toEqual([second]);
    expect(await found('admin', { kinds: [ContentKind.TEXT] })).toEqual([second, first]);
    expect(await found('admin', { kinds: [ContentKind.LINK], senderIds: [userIdOf('member')] })).toEqual([]);
    expect(await found('admin', { senderIds: [userIdOf('member')] })).toEqual([first]);
    expect(await found('admin', { text: 'friday', conversationIds: [group.group] })).toEqual([second]);
    expect(await found('admin', { text: 'friday', toMs: 1 })).toEqual([]);
  });

  test('[SRC-5] goes on where the one before ended, over all conversations', async () => {
    const self = selfConversationId(userIdOf('member'));
    for (let count = 0; count < 12; count++) {
      group.world.clock.advance(1);
      await group.said('owner', `goose ${count}`);
      const named = { conversationId: self, clientMessageId: `s${count}`, clientTimeMs: 0 };
      group.world.clock.advance(1);
      await group.ask('member', { case: 'sendMessage', value: { ...named, body: encodeText(`goose ${count}`) } });
    }
    const times: number[] = [];
    let before: Search['before'];
    do {
      const { hits, next } = await page('member', { text: 'goose', limit: 5, before });
      times.push(...hits.flatMap(({ entry }) => entry?.serverTimeMs ?? []));
      before = next;
    } while (before !== undefined);
    expect(times).toHaveLength(24);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  test('[SRC-5, MSG-4] has with each message what changed it since', async () => {
    const seq = await group.said('member', 'goose');
    await group.amend('member', EntryKind.EDIT, seq, encodeText('gander'));
    const { hits } = await page('owner', { text: 'gander' });
    expect(hits).toMatchObject([{ entry: { seq, body: encodeText('goose') }, changes: [{ kind: EntryKind.EDIT }] }]);
    expect(await found('owner', { text: 'goose' })).toEqual([]);
  });

  test('[SRC-3, P7] has nothing that was recalled', async () => {
    const seq = await group.said('member', 'goose');
    expect(await found('owner', { text: 'goose' })).toEqual([seq]);
    await group.amend('member', EntryKind.RECALL, seq);
    expect(await found('owner', { text: 'goose' })).toEqual([]);
    expect(await found('member', { senderIds: [userIdOf('member')] })).toEqual([]);
  });

  test('[SRC-5, P8] has at most so many bytes, and the rest comes with the next one', async () => {
    const long = `goose ${'x '.repeat(30_000)}`;
    for (let count = 0; count < 9; count++) await group.said('owner', long);
    const seqs: (number | undefined)[] = [];
    let before: Search['before'];
    do {
      const { hits, next } = await page('member', { text: 'goose', before });
      expect(hits.length).toBeLessThan(6);
      seqs.push(...hits.map(({ entry }) => entry?.seq));
      before = next;
    } while (before !== undefined);
    expect(new Set(seqs).size).toBe(9);
  });
});

describe('who finds what', () => {
  test('[SRC-4, P6] a former member nothing that came later, whatever it asks', async () => {
    const before = await group.said('owner', 'before');
    const secret = await group.said('owner', 'goose secret');
    expect(before).toBeLessThan(secret);
    const asked: Partial<Search>[] = [
      { text: 'secret' },
      { text: 'goose', conversationIds: [group.group] },
      { senderIds: [userIdOf('owner')] },
      { kinds: [ContentKind.TEXT] },
      { text: 'goose', before: { timeMs: 2 ** 52, positions: [] } },
    ];
    for (const each of asked) expect(await found('former', each)).toEqual([]);
  });

  test('[SRC-4, GRP-1, P6] a newcomer what came before, unless the group keeps that from newcomers', async () => {
    const before = await group.said('owner', 'goose before');
    await invite('stranger');
    expect(await found('stranger', { text: 'goose' })).toEqual([before]);
    await group.change('owner', { case: 'membersRemoved', value: { userIds: [userIdOf('stranger')] } });
    await group.change('owner', { case: 'policy', value: { ...NEW_GROUP_POLICY, historyForNewcomers: false } });
    await invite('stranger');
    const after = await group.said('owner', 'goose after');
    expect(await found('stranger', { text: 'goose' })).toEqual([after]);
    expect(await found('stranger', { senderIds: [userIdOf('owner')] })).toEqual([after]);
  });

  test('[SRC-7, REC-8] nobody what they have cleared, on any page; others and what comes later are not concerned', async () => {
    const seqs: number[] = [];
    for (let count = 0; count < 5; count++) seqs.push(await group.said('owner', `goose ${count}`));
    const clear = (throughSeq: number, changedAtMs: number) => {
      const value = encodeCleared({ throughSeq, readSeq: 0, unreadCount: 0 });
      const record = { key: `cleared/${group.group}`, changedAtMs, value };
      return group.ask('member', { case: 'setRecord', value: { record } });
    };
    await clear(seqs[2] ?? 0, 1);
    expect(await found('member', { text: 'goose' })).toEqual(seqs.slice(3).reverse());
    const first = await page('member', { text: 'goose', limit: 1 });
    expect(first.hits.map(({ entry }) => entry?.seq)).toEqual([seqs[4]]);
    expect(await found('member', { text: 'goose', before: first.next })).toEqual([seqs[3]]);
    expect(await found('owner', { text: 'goose' })).toEqual(seqs.toReversed());
    await clear(0, 2);
    expect(await found('member', { text: 'goose' })).toEqual(seqs.toReversed());
  });

  test('[SRC-4, P6] a stranger nothing, and is refused as for a group that is not there', async () => {
    await group.said('owner', 'goose');
    expect(await found('stranger', { text: 'goose' })).toEqual([]);
    expect(await outcome({ text: 'goose', conversationIds: [group.group] }, 'stranger')).toBe('FORBIDDEN');
    const nowhere = `group.g${'7'.repeat(16)}`;
    expect(await outcome({ text: 'goose', conversationIds: [nowhere] }, 'stranger')).toBe('FORBIDDEN');
  });

  test('[SRC-4, GRP-1, P6] who is removed while it searches finds what came before, and nothing behind', async () => {
    const written = [await group.said('owner', 'goose')];
    const searches: Promise<(number | undefined)[]>[] = [];
    const removing = remove('member');
    for (let count = 0; count < 10; count++) {
      searches.push(found('member', { text: 'goose' }));
      written.push(await group.said('owner', 'goose'));
    }
    const removed = await removing;
    const removedAtSeq = removed.case === 'messageSent' ? removed.value.seq : 0;
    const all = (await Promise.all(searches)).flat();
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter((seq) => (seq ?? 0) > removedAtSeq)).toEqual([]);
    const seqs = written.filter((seq) => seq < removedAtSeq).toReversed();
    expect(await found('member', { text: 'goose' })).toEqual(seqs);
    await invite('former');
    expect((await found('former', { text: 'goose' })).length).toBeGreaterThan(0);
  });

  test('[SRC-4, PPL-3] somebody blocked finds what was there, and what was refused is found by nobody', async () => {
    const [owner, stranger] = [userIdOf('owner'), userIdOf('stranger')];
    const conversationId = `direct.${[owner, stranger].sort().join('.')}`;
    const send = (name: PersonName, clientMessageId: string, text: string) =>
      group.ask(name, {
        case: 'sendMessage',
        value: { conversationId, clientMessageId, clientTimeMs: 0, body: encodeText(text) },
      });
    await send('stranger', 'one', 'goose before');
    const value = Uint8Array.of(8, 1);
    const record = { key: `block/${stranger}`, changedAtMs: 1, value };
    expect(outcomeOf(await group.ask('owner', { case: 'setRecord', value: { record } }))).toBe('ok');
    expect(outcomeOf(await send('stranger', 'two', 'goose after'))).toBe('NOT_ACCEPTED');
    expect(await found('stranger', { text: 'goose' })).toEqual([1]);
    expect(await found('owner', { text: 'goose' })).toEqual([1]);
    expect(await found('owner', { text: 'after' })).toEqual([]);
  });
});

test.each<[string, Partial<Search>, string]>([
  ['nothing', {}, 'INVALID_ARGUMENT'],
  ['times alone', { fromMs: 1 }, 'INVALID_ARGUMENT'],
  ['spaces', { text: '  ' }, 'INVALID_ARGUMENT'],
  ['signs', { text: '?!' }, 'ok'],
  ['a text too long', { text: 'x'.repeat(257) }, 'LIMIT_EXCEEDED'],
  ['times that cross', { text: 'x', fromMs: 2, toMs: 2 }, 'INVALID_ARGUMENT'],
  ['a kind that is none', { kinds: [99 as ContentKind] }, 'INVALID_ARGUMENT'],
  ['no kind', { kinds: [ContentKind.UNSPECIFIED] }, 'INVALID_ARGUMENT'],
  ['too many kinds', { kinds: Array.from({ length: 99 }, () => ContentKind.TEXT) }, 'LIMIT_EXCEEDED'],
  ['too many senders', { senderIds: Array.from({ length: 51 }, (_, at) => `u${at}`) }, 'LIMIT_EXCEEDED'],
  ['an impossible conversation', { text: 'x', conversationIds: ['x'] }, 'INVALID_ARGUMENT'],
  ['too many conversations', { text: 'x', conversationIds: Array.from({ length: 201 }, () => 'x') }, 'LIMIT_EXCEEDED'],
  ['senders of any form', { senderIds: ["'; DROP", '"*', '\u0000'] }, 'ok'],
  ['what an index would read', { text: `" OR NEAR( ' & | ! :* \\ terms:x` }, 'ok'],
  [
    'a cursor too long',
    {
      text: 'x',
      before: {
        timeMs: 1,
        positions: Array.from({ length: 10_001 }, () => ({ conversationHash: 1, beforeSeq: 1, timeMs: 1 })),
      },
    },
    'LIMIT_EXCEEDED',
  ],
])('[SRC-6, P9] a search for %s is answered as it should be', async (_what, asked, wanted) => {
  await group.said('member', 'x');
  expect(await outcome(asked)).toBe(wanted);
});
