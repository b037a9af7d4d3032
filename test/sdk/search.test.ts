import type { SearchHit, SearchPage, SearchPlace, SearchQuery } from '@hongyan/sdk/search';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { closeDevices, Device } from './kit/device.ts';

vi.setConfig({ testTimeout: 30_000 });

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.create();
});
afterEach(closeDevices);
afterAll(() => server?.dispose());

const couple = () => Promise.all([Device.ofNewPerson(server), Device.ofNewPerson(server)]);
const said = ({ message }: SearchHit) =>
  message.content.kind === 'text' ? message.content.text : message.content.kind;
const texts = ({ hits }: SearchPage) => hits.map(said);
const shown = ({ text, highlights }: SearchHit) => highlights.map(({ start, end }) => text.slice(start, end));

/** The page, once the server has taken in what was written (SRC-2). */
async function indexed(device: Device, query: SearchQuery, count: number): Promise<SearchPage> {
  let page = await device.client.search(query);
  await expect
    .poll(
      async () => {
        page = await device.client.search(query);
        return page.hits.length;
      },
      { timeout: 20_000 },
    )
    .toBe(count);
  return page;
}

async function say(from: Device, to: Device, ...said: string[]): Promise<void> {
  for (const handle of from.write(to, ...said)) await handle.until('sent');
}

async function goOffline(device: Device): Promise<void> {
  device.line.cut();
  await device.until('connection', ({ connection }) => connection.status === 'offline');
}

describe('at the server', () => {
  test('[SRC-1, SRC-2, C8] what both wrote is found soon after it was written, as it is shown, newest first', async () => {
    const [anna, ben] = await couple();
    await say(anna, ben, '周五去北京开会', 'The meeting is in Beijing');
    await say(ben, anna, '北京见!');
    const page = await indexed(anna, { text: '北京' }, 2);
    expect(page).toMatchObject({ complete: true, next: undefined });
    expect(texts(page)).toEqual(['北京见!', '周五去北京开会']);
    expect(page.hits.map(shown)).toEqual([['北京'], ['北京']]);
    expect(page.hits[1]?.message).toMatchObject({ mine: true, conversationId: anna.with(ben), seq: 1 });
    expect(texts(await anna.client.search({ text: 'meet' }))).toEqual(['The meeting is in Beijing']);
    expect(texts(await anna.client.search({ text: '北京', senderId: ben.me.userId }))).toEqual(['北京见!']);
    expect(texts(await anna.client.search({ kinds: ['link'] }))).toEqual([]);
    expect(texts(await anna.client.search({ text: '北京', until: new Date(1_000) }))).toEqual([]);
    const { notesToSelf } = anna.client;
    expect(texts(await anna.client.search({ text: '北京', conversationId: notesToSelf }))).toEqual([]);
  });

  test('[SRC-5] pages go on where the one before ended', async () => {
    const [anna, ben] = await couple();
    const all = Array.from({ length: 7 }, (_, at) => `goose ${at}`);
    await say(anna, ben, ...all);
    await indexed(ben, { text: 'goose' }, 7);
    const found: string[] = [];
    let after: SearchPlace | undefined;
    do {
      const page = await ben.client.search({ text: 'goose', limit: 3, after });
      found.push(...texts(page));
      after = page.next;
    } while (after !== undefined);
    expect(found).toEqual(all.toReversed());
  });

  test('[SRC-3, P7] an edit is found by its new text, and a recalled message by nothing', async () => {
    const [anna, ben] = await couple();
    await say(anna, ben, 'a goose', 'another goose');
    const { hits } = await indexed(ben, { text: 'goose' }, 2);
    const [recalled, edited] = (await anna.client.search({ text: 'goose' })).hits.map(({ message }) => message);
    if (!recalled || !edited) throw new Error('two messages were found');
    await anna.client.edit(edited, 'a swan').until('sent');
    await anna.client.recall(recalled).until('sent');
    expect(hits).toHaveLength(2);
    expect(texts(await ben.client.search({ text: 'goose' }))).toEqual([]);
    expect(texts(await ben.client.search({ text: 'swan' }))).toEqual(['a swan']);
  });

  test('[SRC-7, REC-8] what was cleared is not found, at once and on the other device', async () => {
    const [anna, ben] = await couple();
    await say(anna, ben, 'a goose');
    await indexed(ben, { text: 'goose' }, 1);
    const second = await ben.second();
    ben.client.clearConversation(ben.with(anna));
    expect(texts(await ben.client.search({ text: 'goose' }))).toEqual([]);
    await indexed(second, { text: 'goose' }, 0);
    expect(texts(await anna.client.search({ text: 'goose' }))).toEqual(['a goose']);
  });
});

describe('without the server', () => {
  test('[SRC-8, C8] the device finds in what it holds, by the same terms, and says that there may be more', async () => {
    const [anna, ben] = await couple();
    await say(anna, ben, '周五去北京开会', 'see https://goose.example', 'Meetings');
    await say(ben, anna, '北京见!', 'bye');
    await anna.hasReceived(2);
    await anna.client.sendText(anna.client.notesToSelf, '北京的笔记').until('sent');
    await anna.until('conversations', ({ conversations }) => conversations.length === 2);
    await goOffline(anna);
    const page = await anna.client.search({ text: '北京' });
    expect(page).toMatchObject({ complete: false, next: undefined });
    expect(texts(page)).toEqual(['北京的笔记', '北京见!', '周五去北京开会']);
    expect(shown(page.hits[0] as SearchHit)).toEqual(['北京']);
    const conversationId = anna.with(ben);
    expect(texts(await anna.client.search({ text: '北京', conversationId }))).toEqual(['北京见!', '周五去北京开会']);
    expect(texts(await anna.client.search({ senderId: ben.me.userId }))).toEqual(['bye', '北京见!']);
    expect(texts(await anna.client.search({ kinds: ['link'] }))).toEqual(['see https://goose.example']);
    expect(texts(await anna.client.search({ text: 'meeting' }))).toEqual(['Meetings']);
    expect(texts(await anna.client.search({ text: 'meeting', until: new Date(1_000) }))).toEqual([]);
    const first = await anna.client.search({ text: '北京', limit: 2 });
    expect(texts(first)).toEqual(['北京的笔记', '北京见!']);
    const second = await anna.client.search({ text: '北京', limit: 2, after: first.next });
    expect(texts(second)).toEqual(['周五去北京开会']);
    expect(second.next).toBeUndefined();
  });

  test('[SRC-8, P7] the device finds edits by what they say now, and nothing that is recalled or cleared', async () => {
    const [anna, ben] = await couple();
    await say(anna, ben, 'a goose', 'another goose');
    await ben.hasReceived(2);
    const timeline = anna.client.openTimeline(anna.with(ben));
    await timeline.loadOlder();
    const [edited, recalled] = timeline.messages;
    if (!recalled || !edited) throw new Error('two messages were written');
    await anna.client.edit(edited, 'a swan').until('sent');
    await anna.client.recall(recalled).until('sent');
    const last = () => ben.client.conversations[0]?.lastMessage;
    await ben.until('conversations', () => last()?.erased === true);
    await goOffline(ben);
    expect(texts(await ben.client.search({ text: 'goose' }))).toEqual([]);
    expect(texts(await ben.client.search({ text: 'swan' }))).toEqual(['a swan']);
    ben.client.clearConversation(ben.with(anna));
    expect(texts(await ben.client.search({ text: 'swan' }))).toEqual([]);
  });

  test('[SRC-8] a search that the server began is not gone on with on the device, whose pages would be others', async () => {
    const [anna, ben] = await couple();
    await say(anna, ben, 'goose', 'goose', 'goose');
    await indexed(anna, { text: 'goose' }, 3);
    const { next } = await anna.client.search({ text: 'goose', limit: 1 });
    await goOffline(anna);
    await expect(anna.client.search({ text: 'goose', limit: 1, after: next })).rejects.toMatchObject({
      code: 'network',
    });
  });
});

test.each<[string, SearchQuery]>([
  ['nothing', {}],
  ['spaces', { text: '  ' }],
  ['too long a text', { text: 'x'.repeat(257) }],
  ['a time that is none', { text: 'x', since: new Date(Number.NaN) }],
  ['times that cross', { text: 'x', since: new Date(2), until: new Date(1) }],
])('[SRC-6, P9] a search for %s is refused before anybody is asked', async (_what, query) => {
  const anna = await Device.ofNewPerson(server);
  await expect(anna.client.search(query)).rejects.toMatchObject({ code: 'invalid-input' });
});
