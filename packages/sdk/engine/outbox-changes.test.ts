import {
  type Command,
  type ConversationChange,
  EntryKind,
  ErrorCode,
  encodeConversationChange,
  encodeReaction,
  NO_HEADER,
} from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { changing, shown, texts } from './testing/changing.ts';
import { connected } from './testing/connected.ts';
import type { Device } from './testing/device.ts';
import { anna, ben, conversationId, ModelServer, replyFrame, textBody } from './testing/model-server.ts';

let server: ModelServer;
let device: Device;

beforeEach(async () => {
  server = new ModelServer();
  server.pageSize = 50;
  server.append(anna, 'mine');
  server.append(ben, 'theirs');
  device = await connected(server);
  device.do({ type: 'timelineOpened', conversationId });
  await device.read();
});

const change = (
  clientMessageId: string,
  kind: EntryKind,
  target: number | string,
  body: Uint8Array = new Uint8Array(0),
) =>
  device.do({
    type: 'changeComposed',
    ...{ conversationId, clientMessageId, kind, body },
    ...(typeof target === 'number' ? { header: { ...NO_HEADER, targetSeq: target } } : { targetId: target }),
  });
const edit = (target: number | string, text: string) => change(`edit ${text}`, EntryKind.EDIT, target, textBody(text));
const react = (target: number | string, ...emoji: string[]) =>
  change(`react ${emoji}`, EntryKind.REACTION, target, encodeReaction({ emoji }));
const recall = (target: number | string) => change('recall', EntryKind.RECALL, target);
const reshape = (value: ConversationChange['change']) =>
  change('reshape', EntryKind.CONVERSATION_CHANGED, 0, encodeConversationChange({ change: value }));
const sent = (commands: Command[]) =>
  commands.flatMap(({ body }) => {
    if (body?.case === 'sendMessage') return [body.value.clientMessageId];
    if (body?.case !== 'changeConversation') return [];
    return [`${body.value.clientMessageId} → ${body.value.header?.targetSeq}`];
  });
const refuse = (code: ErrorCode) => device.receive(...device.take().flatMap((command) => server.refuse(command, code)));
const failures = () =>
  device.notices.flatMap((notice) =>
    notice.type === 'changeFailed' ? [[notice.change.clientMessageId, notice.reason]] : [],
  );
const queued = async () => (await device.store.outbox()).map(({ clientMessageId }) => clientMessageId);

describe('[OUT-12] a change goes the way of a message', () => {
  test('[OUT-12, C3] it is shown at once, marked, and stays when the server has it', () => {
    edit(1, 'edited');
    react(2, '👍');
    expect(shown(device)).toMatchObject([
      { content: { text: 'edited' }, changing: true },
      { reactions: [{ emoji: '👍', userIds: [anna], mine: true }], changing: true },
    ]);
    device.settle(server);
    expect(server.log.slice(2).map(({ kind, header }) => [kind, header?.targetSeq])).toEqual([
      [EntryKind.EDIT, 1],
      [EntryKind.REACTION, 2],
    ]);
    expect(shown(device)).toMatchObject([
      { content: { text: 'edited' }, changing: false, editedAtMs: 3 },
      { reactions: [{ emoji: '👍', mine: true }], changing: false },
    ]);
    expect(shown(device)).toHaveLength(2);
  });

  test('[OUT-12] refused, it is taken back, with the reason, and nothing of it is kept', async () => {
    edit(1, 'edited');
    refuse(ErrorCode.TOO_LATE);
    expect([texts(device), failures(), await queued()]).toEqual([
      ['mine', 'theirs'],
      [['edit edited', 'TOO_LATE']],
      [],
    ]);
    expect(shown(device)[0]?.changing).toBe(false);
    expect(device.engine.conversations()[0]?.failedCount).toBe(0);
    expect(device.shared).toContainEqual({ type: 'refused', clientMessageId: 'edit edited', reason: 'TOO_LATE' });
  });

  test('[OUT-12, OUT-7] what another program sent and the server refused is taken back here too', () => {
    device.do({ type: 'outboxLeadership', leads: false });
    react(2, '👍');
    device.do({ type: 'outboxShared', change: { type: 'refused', clientMessageId: 'react 👍', reason: 'FORBIDDEN' } });
    expect([shown(device)[1]?.reactions, failures()]).toEqual([[], [['react 👍', 'FORBIDDEN']]]);
  });

  test('[OUT-12, OUT-7] refused, it does not come back with a record that another program read late', async () => {
    edit(1, 'edited');
    const [record] = await device.store.outbox();
    refuse(ErrorCode.TOO_LATE);
    device.shared.length = 0;
    device.do({ type: 'outboxStored', records: record ? [record] : [] });
    expect([texts(device), await queued(), record?.clientMessageId]).toEqual([['mine', 'theirs'], [], 'edit edited']);
    expect(device.shared).toEqual([{ type: 'refused', clientMessageId: 'edit edited', reason: 'TOO_LATE' }]);
  });

  test('[OUT-12, OUT-7] nor where only the refusal was heard of before', async () => {
    edit(1, 'edited');
    const [record] = await device.store.outbox();
    device.do({
      type: 'outboxShared',
      change: { type: 'refused', clientMessageId: 'edit edited', reason: 'TOO_LATE' },
    });
    device.do({ type: 'outboxStored', records: record ? [record] : [] });
    expect([texts(device), await queued(), record?.clientMessageId]).toEqual([['mine', 'theirs'], [], 'edit edited']);
  });

  test('[OUT-12, OUT-4] for now refused, and over a restart, it stays and is tried again', async () => {
    edit(1, 'edited');
    refuse(ErrorCode.OVERLOADED);
    await device.restart();
    device.do({ type: 'timelineOpened', conversationId });
    await device.read();
    expect([texts(device), await queued()]).toEqual([['edited', 'theirs'], ['edit edited']]);
    device.online(server);
    expect([server.log.length, await queued()]).toEqual([3, []]);
  });

  test('[OUT-12, OUT-2] messages and changes of a conversation keep their order', () => {
    device.compose('a');
    edit(1, 'edited');
    device.compose('b');
    const order: string[] = [];
    for (let round = 0; round < 3; round++) {
      const commands = device.take();
      order.push(...sent(commands));
      device.receive(...commands.flatMap((command) => server.answer(command)));
    }
    expect(order).toEqual(['a', 'edit edited → 1', 'b']);
  });

  test('[OUT-12] the header of MessageSent is the entry’s', () => {
    device.do({ type: 'messageComposed', conversationId, clientMessageId: 'x', body: textBody('x') });
    const [command] = device.take().filter(({ body }) => body?.case === 'sendMessage');
    server.append(anna, 'x');
    const header = { ...NO_HEADER, mentionedIds: [anna] };
    const value = { conversationId, seq: 3, serverTimeMs: 3, header };
    device.receive(replyFrame(command?.id ?? 0, { case: 'messageSent', value }));
    expect(shown(device).at(-1)).toMatchObject({ seq: 3, mentionsMe: true });
  });
});

describe('[OUT-12] a change of a message that is in the outbox itself', () => {
  test('[OUT-12] waits for its place', async () => {
    device.lose();
    device.compose('new');
    edit('new', 'better');
    react('new', '👍');
    expect(shown(device).at(-1)).toMatchObject({ content: { text: 'better' }, reactions: [{ emoji: '👍' }] });
    await device.restart();
    device.online(server);
    expect(server.log.slice(2).map(({ kind, header }) => [kind, header?.targetSeq ?? 0])).toEqual([
      [EntryKind.MESSAGE, 0],
      [EntryKind.EDIT, 3],
      [EntryKind.REACTION, 3],
    ]);
  });

  test('[OUT-12] holds nothing back while that message has failed, and goes with it', () => {
    device.compose('new');
    edit('new', 'better');
    refuse(ErrorCode.LIMIT_EXCEEDED);
    device.compose('after');
    expect(sent(device.take())).toEqual(['after']);
    device.do({ type: 'messageDiscarded', clientMessageId: 'new' });
    expect(device.engine.outbox().map(({ clientMessageId }) => clientMessageId)).toEqual(['after']);
  });

  test('[OUT-12] one whose place came meanwhile is named by it; one that is nowhere is refused', () => {
    device.compose('new');
    device.settle(server);
    edit('new', 'better');
    expect(sent(device.take())).toEqual(['edit better → 3']);
    react('never', '👍');
    expect(failures()).toEqual([['react 👍', 'NOT_FOUND']]);
  });
});

describe('[OUT-12] what is shown before the server has it', () => {
  test('[OUT-12, C4] a recalled message is gone at once, and back when that is refused', () => {
    recall(1);
    expect(texts(device)).toEqual(['erased', 'theirs']);
    refuse(ErrorCode.TOO_LATE);
    expect(texts(device)).toEqual(['mine', 'theirs']);
    recall(1);
    device.settle(server);
    expect(texts(device)).toEqual(['erased', 'theirs']);
  });

  test('[OUT-12, E1] a group has its new name and pins, and the old ones when they are refused', () => {
    reshape({ case: 'name', value: 'swans' });
    expect(device.engine.conversations()[0]).toMatchObject({ name: 'swans', lastMessage: { id: 'theirs' } });
    refuse(ErrorCode.FORBIDDEN);
    expect([device.engine.conversations()[0]?.name, failures()]).toEqual(['', [['reshape', 'FORBIDDEN']]]);
    reshape({ case: 'pinnedSeq', value: 1 });
    device.settle(server);
    expect(device.engine.conversations()[0]).toMatchObject({ pinnedSeqs: [1], lastMessage: { seq: 3 } });
  });

  test('[MSG-21] what was to change a message is dropped when that is recalled', async () => {
    device.lose();
    react(2, '👍');
    expect(await queued()).toEqual(['react 👍']);
    changing(server).recall(ben, 2);
    device.online(server);
    expect([texts(device), await queued()]).toEqual([['mine', 'erased'], []]);
    expect(device.shared).toContainEqual({ type: 'discarded', clientMessageId: 'react 👍' });
  });
});
