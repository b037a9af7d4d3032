import { type Command, ErrorCode, mentionToken, Role } from '@hongyan/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClient } from '../client.ts';
import { ModelServer, replyFrame } from '../engine/testing/model-server.ts';
import { MemoryStore } from '../stores/memory.ts';
import type { ChangeFailure, Client, Message, Timeline } from '../types.ts';
import { httpApi } from './testing/http-api.ts';
import { ModelNetwork } from './testing/model-network.ts';

const anna = 'u0000000000000000';
const ben = 'u0000000000000001';
const conversationId = `direct.${anna}.${ben}`;
const session = {
  me: { userId: anna, deviceId: 'd0000000000000000', handle: 'anna', displayName: 'Anna', statusLine: '' },
  accessToken: 'access',
  accessTokenExpiresAtMs: Date.now() + 900_000,
  refreshToken: 'refresh',
};

let network: ModelNetwork;
let client: Client;
let timeline: Timeline;
const open: Client[] = [];

async function start(server = 'http://127.0.0.1:1'): Promise<Client> {
  const store = new MemoryStore();
  await store.begin(session);
  const made = createClient({ server, store, transport: network.transport });
  open.push(made);
  const online = new Promise<void>((resolve) => {
    made.on('connection', ({ status }) => status === 'online' && resolve());
  });
  await made.start();
  await online;
  return made;
}

beforeEach(async () => {
  network = new ModelNetwork();
  network.server.pageSize = 50;
  network.server.append(ben, 'hello');
  client = await start();
  timeline = client.openTimeline(conversationId);
  await shows(({ length }) => length === 1);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((made) => made.close()));
});

function shows(holds: (messages: readonly Message[]) => boolean, of = timeline): Promise<void> {
  return new Promise((resolve) => {
    const check = () => holds(of.messages) && resolve();
    of.onChange(check);
    check();
  });
}
const last = () => timeline.messages.at(-1) as Message;
const first = () => timeline.messages[0] as Message;

describe('what is written', () => {
  test('[C1, C3] a text with mentions, an answer, and a lifetime', async () => {
    const text = `look, ${mentionToken(ben)}`;
    const lifetime = { ms: 60_000, from: 'read' } as const;
    await client.send(conversationId, { kind: 'text', text }, { replyToSeq: 1, lifetime }).until('sent');
    expect(network.server.log[1]?.header).toMatchObject({
      mentionedIds: [ben],
      lifetimeMs: 60_000,
      livesFromRead: true,
    });
    expect(last()).toMatchObject({ content: { kind: 'text', text }, replyTo: { seq: 1, message: { id: 'hello' } } });
  });

  test('[C2, C3] contacts, and messages that are forwarded one by one or as one', async () => {
    await client.send(conversationId, { kind: 'contact', userId: ben }).until('sent');
    const said = [...timeline.messages];
    await Promise.all(client.forward(said, conversationId, 'one-by-one').map((handle) => handle.until('sent')));
    expect(timeline.messages.slice(2)).toMatchObject([
      { originId: ben, content: { text: 'hello' } },
      { originId: anna, content: { kind: 'contact', userId: ben } },
    ]);
    const [handle] = client.forward(said, conversationId, 'merged', 'both');
    await handle?.until('sent');
    expect(last().content).toMatchObject({
      ...{ kind: 'bundle', title: 'both' },
      messages: [
        { senderId: ben, content: { text: 'hello' } },
        { senderId: anna, content: { kind: 'contact' } },
      ],
    });
    const [again] = client.forward([last()], conversationId, 'merged', 'nested');
    await again?.until('sent');
    expect(last().content).toMatchObject({ messages: [{ content: { kind: 'bundle', title: 'both' } }] });
  });

  test('[C3, C4] edits, reactions and recalls; how it read before', async () => {
    await client.send(conversationId, { kind: 'text', text: 'first' }, { replyToSeq: 1 }).until('sent');
    await client.edit(last(), 'second').until('sent');
    await client.edit(last(), 'third').until('sent');
    await client.react(first(), ['👍']).until('sent');
    expect(last()).toMatchObject({ content: { text: 'third' }, replyTo: { seq: 1 } });
    expect(first().reactions).toEqual([{ emoji: '👍', userIds: [anna], mine: true }]);
    const versions = await client.history(last());
    expect(versions.map(({ content }) => content)).toMatchObject([
      { text: 'first' },
      { text: 'second' },
      { text: 'third' },
    ]);
    await client.recall(last()).until('sent');
    expect(last()).toMatchObject({ erased: true, content: { kind: 'erased', recalledBy: anna } });
    expect(await client.history(last())).toEqual([]);
    expect(client.forward([last()], conversationId, 'merged')).toEqual([]);
  });

  test('[C4, OUT-12] a message that was not sent yet is discarded when it is recalled', async () => {
    network.takesSends = false;
    client.sendText(conversationId, 'under way');
    client.sendText(conversationId, 'waiting');
    const handle = client.recall(last());
    await handle.until('sent');
    expect(timeline.messages.map(({ content }) => content)).toMatchObject([{ text: 'hello' }, { text: 'under way' }]);
  });

  test('[C6, E1] pins and changes of the conversation', async () => {
    await client.pin(first(), true).until('sent');
    await client.change(conversationId, { case: 'name', value: 'geese' }).until('sent');
    expect(client.conversations[0]).toMatchObject({ pinnedSeqs: [1], name: 'geese' });
    await client.pin(first(), false).until('sent');
    expect(client.conversations[0]?.pinnedSeqs).toEqual([]);
    expect(last().content).toEqual({ kind: 'change', change: { case: 'unpinnedSeq', value: 1 } });
  });

  test('[C5] what is written lives as long as the conversation says', async () => {
    await client.change(conversationId, { case: 'lifetimeMs', value: 3_600_000 }).until('sent');
    await client.sendText(conversationId, 'for an hour').until('sent');
    expect(network.server.log.at(-1)?.header?.lifetimeMs).toBe(3_600_000);
  });

  test('[OUT-12] a refused change is told, with its reason, to the one who waits and to all', async () => {
    network.refuses = ErrorCode.TOO_LATE;
    const told: ChangeFailure[] = [];
    client.on('changeFailed', (failure) => told.push(failure));
    const handle = client.edit(first(), 'not mine');
    await expect(handle.until('sent')).rejects.toMatchObject({ code: 'refused', message: 'TOO_LATE' });
    expect(told).toEqual([{ id: handle.id, conversationId, seq: 1, kind: 'edit', reason: 'TOO_LATE' }]);
    expect(first().content).toMatchObject({ text: 'hello' });
  });
});

describe('what is asked', () => {
  test('[E4] members come in pages, and by name', async () => {
    const member = { userId: ben, role: Role.OWNER, nickname: 'B', mutedUntilMs: 0 };
    const asked: Command[] = [];
    network.server.answer = (command) => {
      if (command.body?.case !== 'fetchMembers') return ModelServer.prototype.answer.call(network.server, command);
      asked.push(command);
      const next = command.body.value.after === '' ? 'next' : '';
      return [replyFrame(command.id, { case: 'memberPage', value: { conversationId, members: [member], next } })];
    };
    expect(await client.members(conversationId, { query: 'b' })).toEqual({ members: [member], next: 'next' });
    expect(await client.members(conversationId, { after: 'next', limit: 5 })).toEqual({
      members: [member],
      next: undefined,
    });
    expect(asked.map(({ body }) => body?.value)).toMatchObject([
      { query: 'b', after: '', limit: 100 },
      { query: '', after: 'next', limit: 5 },
    ]);
  });

  test('[P8] without a connection, and when it is lost, whoever asks hears so', async () => {
    network.server.answer = () => [];
    const asking = client.members(conversationId);
    network.cut();
    await expect(asking).rejects.toMatchObject({ code: 'network' });
    await expect(client.members(conversationId)).rejects.toMatchObject({ code: 'network' });
  });

  test('[E1] a group is made by the server', async () => {
    const groupId = 'group.g0000000000000000';
    const bodies: unknown[] = [];
    const api = await httpApi((method, path, body) => {
      if (path === '/v1/groups') bodies.push([method, JSON.parse(body)]);
      return {
        status: 201,
        body: JSON.stringify(path === '/v1/groups' ? { conversationId: groupId } : { people: [] }),
      };
    });
    const other = await start(api.url);
    expect(await other.createGroup({ name: 'geese', members: [ben] })).toBe(groupId);
    expect(bodies).toEqual([['POST', { name: 'geese', members: [ben] }]]);
    api.close();
  });
});

describe('[C9] timelines at a place', () => {
  beforeEach(async () => {
    for (let n = 2; n <= 300; n++) network.server.append(ben, `m${n}`);
    for (const entry of network.server.log) entry.serverTimeMs = entry.seq * 1_000;
    client = await start();
  });
  const seqs = (of: Timeline) => of.messages.map(({ seq }) => seq);
  const at = async (place: Parameters<Client['openTimeline']>[1]) => {
    const opened = client.openTimeline(conversationId, place);
    await opened.ready;
    await shows(({ length }) => length > 0, opened);
    return opened;
  };

  test('[C9] a message, with what is before and after it', async () => {
    const opened = await at({ at: { seq: 100 } });
    expect([seqs(opened).includes(100), opened.hasOlder, opened.hasNewer]).toEqual([true, true, true]);
    const before = opened.messages.length;
    await opened.loadNewer(50);
    await opened.loadOlder(50);
    expect(opened.messages.length).toBe(before + 100);
    opened.close();
    expect(opened.messages).toEqual([]);
  });

  test('[C9] a date, found in a few questions', async () => {
    const opened = await at({ at: { date: new Date(123_500) } });
    expect(seqs(opened)[10]).toBe(124);
    const end = await at({ at: { date: new Date(10_000_000) } });
    expect(seqs(end)).toContain(300);
  });

  test('[C9] the first message that was not read; the end when all were', async () => {
    network.server.advance(anna, { deliveredSeq: 0, readSeq: 40 });
    client = await start();
    const opened = await at({ at: 'first-unread' });
    expect(seqs(opened)[10]).toBe(41);
    client.markRead(conversationId);
    const end = await at({ at: 'first-unread' });
    expect([seqs(end).at(-1), end.hasNewer]).toEqual([300, false]);
  });

  test('[C9] a date that cannot be looked for is told', async () => {
    network.server.answer = () => [];
    const opened = client.openTimeline(conversationId, { at: { date: new Date(1) } });
    network.cut();
    await expect(opened.ready).rejects.toMatchObject({ code: 'network' });
    await expect(opened.loadOlder()).rejects.toMatchObject({ code: 'network' });
    opened.close();
  });
});
