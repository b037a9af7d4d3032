import { decodeContent, EntryKind } from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { changeAfter } from './changes.ts';
import { changing, pushed, shown, texts } from './testing/changing.ts';
import { connected } from './testing/connected.ts';
import { Device } from './testing/device.ts';
import { anna, ben, conversationId, ModelServer, pushFrame } from './testing/model-server.ts';

let server: ModelServer;
let device: Device;
let make: ReturnType<typeof changing>;

beforeEach(async () => {
  server = new ModelServer();
  server.pageSize = 50;
  make = changing(server);
  for (const [id, by] of [
    ['one', ben],
    ['two', anna],
    ['three', ben],
  ] as const)
    server.append(by, id);
  device = await connected(server);
  device.do({ type: 'timelineOpened', conversationId });
  await device.read();
});

const list = () => device.engine.conversations()[0];
const listed = () => [list()?.lastMessage?.seq, list()?.unreadCount];
const storedTexts = async () =>
  (await device.stored()).map(({ kind, body }) => {
    const text = kind === EntryKind.MESSAGE || kind === EntryKind.EDIT ? decodeContent(body).kind?.value : undefined;
    return text && 'text' in text ? text.text : undefined;
  });

describe('[MSG-22] what is shown of a message is its entry and its changes', () => {
  test('[MSG-22, C3] the last edit is its text, whatever comes in which order', () => {
    const first = make.edit(ben, 1, 'one, edited');
    const second = make.edit(ben, 1, 'one, edited twice');
    expect(changeAfter(changeAfter(undefined, second), first)?.edit).toBe(second);
    pushed(device, first, second);
    expect(texts(device)).toEqual(['one, edited twice', 'two', 'three']);
    expect(shown(device)[0]).toMatchObject({ editedAtMs: second.serverTimeMs, seq: 1, timeMs: 1 });
    expect(shown(device)[1]?.editedAtMs).toBeUndefined();
  });

  test('[MSG-22, C3] each sender’s last reaction says all that this sender reacts with', () => {
    pushed(device, make.react(ben, 2, '👍'), make.react(anna, 2, '👍', '❤️'), make.react(ben, 2, '🎉', '🎉'));
    expect(shown(device)[1]?.reactions).toEqual([
      { emoji: '👍', userIds: [anna], mine: true },
      { emoji: '❤️', userIds: [anna], mine: true },
      { emoji: '🎉', userIds: [ben], mine: false },
    ]);
    pushed(device, make.react(anna, 2));
    expect(shown(device)[1]?.reactions).toEqual([{ emoji: '🎉', userIds: [ben], mine: false }]);
  });

  test('[MSG-22] a message that nothing changed keeps its identity, one that changed does not', () => {
    const before = shown(device);
    pushed(device, make.react(ben, 2, '👍'));
    expect(shown(device).map((message, at) => message === before[at])).toEqual([true, false, true]);
  });

  test('[MSG-26] changes are no lines of their own, and neither count nor bring a conversation up', () => {
    expect(listed()).toEqual([3, 2]);
    const activeAtMs = list()?.activeAtMs;
    pushed(device, make.react(ben, 2, '👍'), make.edit(ben, 3, 'three, edited'));
    expect([shown(device).length, ...listed(), list()?.activeAtMs]).toEqual([3, 3, 2, activeAtMs]);
    expect(list()?.lastMessage?.content).toEqual({ kind: 'text', text: 'three, edited' });
    expect(device.notices.filter(({ type }) => type === 'message')).toHaveLength(2);
  });

  test('[MSG-22] also of messages that are in the store alone when a timeline opens', async () => {
    pushed(device, make.edit(ben, 1, 'one, edited'), make.react(anna, 3, '👍'));
    await device.restart();
    device.do({ type: 'timelineOpened', conversationId });
    await device.read();
    expect(texts(device)).toEqual(['one, edited', 'two', 'three']);
    expect(shown(device)[2]?.reactions).toHaveLength(1);
  });
});

describe('[MSG-21] a recalled message is erased', () => {
  test('[MSG-21, C4] on the screen and in the list, with who recalled it', () => {
    pushed(device, make.edit(ben, 3, 'three, edited'), make.recall(ben, 3));
    expect(texts(device)).toEqual(['one', 'two', 'erased']);
    expect(shown(device)[2]).toMatchObject({
      erased: true,
      content: { kind: 'erased', recalledBy: ben },
      reactions: [],
    });
    expect(list()?.lastMessage).toMatchObject({ seq: 3, erased: true });
  });

  test('[MSG-21, SYN-6] in the store with its edits, in the batch that has the RECALL', async () => {
    pushed(device, make.edit(ben, 3, 'three, edited'));
    expect(await storedTexts()).toEqual(['one', 'two', 'three', 'three, edited']);
    device.storesAtOnce = false;
    pushed(device, make.recall(ben, 3));
    expect(device.batches.map(({ batch }) => [batch.entries.map(({ seq }) => seq), batch.erased])).toEqual([
      [[5], [{ conversationId, seq: 3 }]],
    ]);
    device.finishStoring();
    expect(await storedTexts()).toEqual(['one', 'two', undefined, undefined, undefined]);
    const [record] = (await device.store.load())?.conversations ?? [];
    expect([record?.shown?.entry.body.length, record?.shown?.change?.edit]).toEqual([0, undefined]);
  });

  test('[MSG-21] what was not stored yet goes into the store without its text', async () => {
    device.storesAtOnce = false;
    pushed(device, server.append(ben, 'a'));
    pushed(device, server.append(ben, 'b'));
    const [a, b] = [make.recall(ben, 4), make.recall(ben, 5)];
    pushed(device, a, b);
    device.do({ type: 'timelineClosed', conversationId });
    device.do({ type: 'timelineOpened', conversationId });
    expect(texts(device).slice(-2)).toEqual(['erased', 'erased']);
    device.finishStoring();
    device.finishStoring();
    expect((await storedTexts()).slice(3)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('[MSG-21] the message and its RECALL in one page are neither announced nor unread', () => {
    const before = device.notices.length;
    const entry = server.append(ben, 'oops');
    const recall = make.recall(ben, entry.seq);
    pushed(device, recall, entry);
    expect(device.notices.slice(before).some(({ type }) => type === 'message')).toBe(false);
    expect(listed()).toEqual([4, 2]);
  });

  test('[MSG-21] an answer that was under way brings nothing back', async () => {
    const behind = new ModelServer();
    behind.pageSize = 3;
    for (let n = 1; n <= 8; n++) behind.append(ben, `m${n}`);
    const far = await connected(behind);
    far.do({ type: 'timelineOpened', conversationId });
    await far.read();
    far.do({ type: 'olderRequested', conversationId, count: 3, requestId: 1 });
    const asked = far.take();
    const answers = asked.flatMap((command) => behind.answer(command));
    pushed(far, changing(behind).recall(ben, 4));
    far.receive(...answers);
    expect(texts(far)).toEqual(['m3', 'erased', 'm5', 'm6', 'm7', 'm8']);
    expect((await far.stored()).map(({ body }) => body.length > 0)).toEqual([
      true,
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('[MSG-27] what is unread', () => {
  test('[MSG-27, D2] a recalled message counts no more; one’s own and changes never did', () => {
    expect(list()?.unreadCount).toBe(2);
    pushed(device, make.react(ben, 2, '👍'), make.edit(ben, 1, 'x'), make.recall(ben, 3));
    expect(list()?.unreadCount).toBe(1);
    pushed(device, make.recall(ben, 1));
    expect(list()?.unreadCount).toBe(0);
  });

  test('[MSG-27] one that only the server counted is counted anew', async () => {
    const far = new ModelServer();
    far.pageSize = 3;
    for (let n = 1; n <= 8; n++) far.append(ben, `m${n}`);
    const other = await connected(far);
    expect(other.engine.conversations()[0]?.unreadCount).toBe(8);
    pushed(other, changing(far).recall(ben, 2));
    other.settle(far);
    expect(other.engine.conversations()[0]?.unreadCount).toBe(7);
  });

  test('[MSG-27, D2] mentions have a count of their own, which goes by the last edit', () => {
    const mentioned = { mentionedIds: [anna] };
    pushed(device, make.message(ben, 'four', mentioned), make.message(ben, 'five', { mentionsAll: true }));
    expect([list()?.unreadCount, list()?.mentionCount]).toEqual([4, 2]);
    expect(shown(device).map(({ mentionsMe }) => mentionsMe)).toEqual([false, false, false, true, true]);
    pushed(device, make.edit(ben, 4, 'nobody'), make.edit(ben, 1, 'hi', mentioned));
    expect(list()?.mentionCount).toBe(2);
    pushed(device, make.recall(ben, 5));
    expect([list()?.unreadCount, list()?.mentionCount]).toEqual([3, 1]);
    device.do({ type: 'conversationRead', conversationId });
    expect([list()?.unreadCount, list()?.mentionCount]).toEqual([0, 0]);
  });

  test('[MSG-27] of what is not held the server says how many mention the account, and after a restart too', async () => {
    const far = new ModelServer();
    far.pageSize = 3;
    for (let n = 1; n <= 8; n++) changing(far).message(ben, `m${n}`, { mentionedIds: n % 2 ? [anna] : [] });
    const other = await connected(far);
    expect(other.engine.conversations()[0]?.mentionCount).toBe(4);
    await other.restart();
    expect(other.engine.conversations()[0]?.mentionCount).toBe(4);
  });
});

describe('[MSG-26] where changes leave nothing to be seen', () => {
  test('[MSG-26] older entries are fetched until there is a last line, and a timeline has something to show', async () => {
    for (let n = 0; n < 40; n++) make.react(n % 2 ? anna : ben, 1 + (n % 3), '👍');
    server.pageSize = 10;
    const fresh = new Device();
    await fresh.start();
    fresh.online(server);
    expect(fresh.engine.conversations()[0]?.lastMessage?.seq).toBe(3);
    fresh.do({ type: 'timelineOpened', conversationId });
    for (let rounds = 0; rounds < 10; rounds++) {
      await fresh.read();
      fresh.settle(server);
    }
    expect(texts(fresh)).toEqual(['one', 'two', 'three']);
  });

  test('[MSG-26, REC-8] a reaction brings no cleared conversation back, a message does', () => {
    device.do({ type: 'conversationCleared', conversationId });
    pushed(device, make.react(ben, 2, '👍'));
    expect(device.engine.conversations()).toEqual([]);
    device.receive(pushFrame({ case: 'entry', value: server.append(ben, 'new') }));
    expect(list()?.lastMessage?.id).toBe('new');
  });
});
