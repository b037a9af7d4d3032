import {
  decodeContent,
  EntryKind,
  ErrorCode,
  encodeConversationChange,
  encodeReaction,
  encodeText,
} from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import { GroupWorld, outcomeOf, userIdOf } from '../testing/group-world.ts';
import { withBoris } from '../testing/people.ts';

let group: GroupWorld;

beforeEach(async () => {
  group = await GroupWorld.create();
});

async function pageAround(seq: number) {
  const value = { conversationId: group.group, afterSeq: seq - 1, beforeSeq: seq + 1, limit: 1 };
  const answer = await group.ask('member', { case: 'fetchEntries', value });
  if (answer.case !== 'entryPage') throw new Error('no page');
  return answer.value;
}

async function changesOf(targetSeq: number) {
  const value = { conversationId: group.group, targetSeq, afterSeq: 0, limit: 100 };
  const answer = await group.ask('member', { case: 'fetchChanges', value });
  if (answer.case !== 'entryPage') throw new Error('no page');
  return answer.value.entries;
}

const textOf = (body: Uint8Array) => {
  const { kind } = decodeContent(body);
  return kind?.case === 'text' ? kind.value.text : undefined;
};

describe('what changes a message', () => {
  test('[MSG-1, C3] comes to everybody as an entry that names it', async () => {
    const seq = await group.said('member', 'helo');
    await group.amend('member', EntryKind.EDIT, seq, encodeText('hello'));
    const last = group.peer('otherMember').pushes('entry').at(-1);
    expect(last).toMatchObject({ kind: EntryKind.EDIT, header: { targetSeq: seq }, senderId: userIdOf('member') });
    expect(textOf(last?.body ?? new Uint8Array())).toBe('hello');
  });

  const impossible: [string, (seq: number) => number, string][] = [
    ['no message', () => 0, 'NOT_FOUND'],
    ['one that is not there', () => 9_999, 'NOT_FOUND'],
    ['another change', (seq) => seq + 1, 'NOT_FOUND'],
    ['the founding of the group', () => 1, 'NOT_FOUND'],
  ];
  test.each(impossible)('[MSG-1, P9] is refused about %s', async (_what, targetOf, outcome) => {
    const seq = await group.said('member', 'hi');
    await group.amend('member', EntryKind.REACTION, seq, encodeReaction({ emoji: ['👍'] }));
    for (const kind of [EntryKind.EDIT, EntryKind.RECALL, EntryKind.REACTION]) {
      const body = kind === EntryKind.EDIT ? encodeText('x') : new Uint8Array();
      expect(outcomeOf(await group.amend('member', kind, targetOf(seq), body))).toBe(outcome);
    }
  });

  test('[MSG-4, C3] comes with the page of the message: the last edit, and each one’s last reaction', async () => {
    const seq = await group.said('member', 'helo');
    const react = (name: 'admin' | 'owner', ...emoji: string[]) =>
      group.amend(name, EntryKind.REACTION, seq, encodeReaction({ emoji }));
    await group.amend('member', EntryKind.EDIT, seq, encodeText('hell'));
    await react('admin', '👍');
    await react('owner', '🎉');
    await react('admin', '👍', '❤️');
    await group.amend('member', EntryKind.EDIT, seq, encodeText('hello'));
    const { entries, changes } = await pageAround(seq);
    expect(textOf(entries[0]?.body ?? new Uint8Array())).toBe('helo');
    expect(changes.map(({ seq: at, senderId }) => [at - seq, senderId])).toEqual([
      [3, userIdOf('owner')],
      [4, userIdOf('admin')],
      [5, userIdOf('member')],
    ]);
    expect((await changesOf(seq)).map(({ seq: at }) => at - seq)).toEqual([1, 2, 3, 4, 5]);
  });

  test('[MSG-3, C3, C4] nobody edits what others wrote, and nobody edits or recalls too late', async () => {
    const saidBefore = async (ageMs: number) => {
      const { store, clock } = group.world;
      const serverTimeMs = clock.now() - ageMs;
      const named = { conversationId: group.group, clientMessageId: `old${ageMs}`, clientTimeMs: 0, members: [] };
      const message = { ...named, kind: EntryKind.MESSAGE, senderId: userIdOf('member'), body: encodeText('hi') };
      return (await store.log.append({ ...message, serverTimeMs })).seq;
    };
    const hour = 3_600_000;
    const [fresh, old, older] = [await saidBefore(0), await saidBefore(hour), await saidBefore(25 * hour)];
    const edit = async (name: 'member' | 'owner', seq: number) =>
      outcomeOf(await group.amend(name, EntryKind.EDIT, seq, encodeText('x')));
    const recall = async (name: 'member' | 'admin', seq: number) =>
      outcomeOf(await group.amend(name, EntryKind.RECALL, seq));
    expect([await edit('owner', fresh), await edit('member', fresh), await recall('member', fresh)]).toEqual(['FORBIDDEN', 'ok', 'ok']); // biome-ignore format: one line
    expect([await edit('member', old), await recall('member', old)]).toEqual(['ok', 'TOO_LATE']);
    expect([await edit('member', older), await recall('admin', older)]).toEqual(['TOO_LATE', 'ok']);
  });
});

describe('a recall', () => {
  test('[MSG-2, C4, P7] leaves nothing of the message and its edits for anybody', async () => {
    const seq = await group.said('member', 'oops');
    await group.amend('member', EntryKind.EDIT, seq, encodeText('oops!'));
    await group.amend('member', EntryKind.RECALL, seq);
    const { entries, changes } = await pageAround(seq);
    expect([...entries, ...changes, ...(await changesOf(seq))].every(({ body }) => body.length === 0)).toBe(true);
    for (const kind of [EntryKind.EDIT, EntryKind.REACTION, EntryKind.RECALL]) {
      expect(outcomeOf(await group.amend('member', kind, seq, kind === EntryKind.EDIT ? encodeText('x') : undefined))).toBe('NOT_FOUND'); // biome-ignore format: one line
    }
    expect(outcomeOf(await group.change('owner', { case: 'pinnedSeq', value: seq }))).toBe('NOT_FOUND');
  });

  test('[MSG-2, P7] an edit that comes behind the recall of its message brings nothing back', async () => {
    const seq = await group.said('member', 'oops');
    const { log } = group.world.store;
    const read = log.read;
    const held = Promise.withResolvers<void>();
    // The edit finds the message as it is, and is written once it is gone.
    log.read = async (query) => {
      const entries = await read(query);
      if (query.viewerId === userIdOf('member') && query.afterSeq === seq - 1) await held.promise;
      return entries;
    };
    const editing = group.amend('member', EntryKind.EDIT, seq, encodeText('secret'));
    await settle();
    log.read = read;
    expect(outcomeOf(await group.amend('admin', EntryKind.RECALL, seq))).toBe('ok');
    held.resolve();
    expect(outcomeOf(await editing)).toBe('ok');
    const pushed = group.peer('otherMember').pushes('entry').at(-1);
    expect(pushed).toMatchObject({ kind: EntryKind.EDIT, body: new Uint8Array() });
  });

  test('[RCP-5, MSG-2] a recalled message is not unread, and mentions nobody', async () => {
    const seqOf = async (ids: string[]) => {
      const answer = await group.write('member', 'hey', { ids });
      return answer.case === 'messageSent' ? answer.value.seq : 0;
    };
    const counts = async () => {
      const value = { conversationId: group.group, limit: 1 };
      const answer = await group.ask('otherMember', { case: 'fetchConversation', value });
      const state = answer.case === 'conversationUpdate' ? answer.value.state : undefined;
      return [state?.unreadCount, state?.mentionCount];
    };
    const first = await seqOf([userIdOf('otherMember')]);
    await seqOf([]);
    expect(await counts()).toEqual([2, 1]);
    await group.amend('member', EntryKind.RECALL, first);
    expect(await counts()).toEqual([1, 0]);
    await group.amend('otherMember', EntryKind.REACTION, first + 1, encodeReaction({ emoji: ['👍'] }));
    await group.change('owner', { case: 'name', value: 'Ducks' });
    expect(await counts()).toEqual([1, 0]);
    await group.write('owner', 'all!', { all: true });
    expect(await counts()).toEqual([2, 1]);
  });

  test('[MSG-6, P2] asked for again because its answer was lost is answered as before', async () => {
    const seq = await group.said('member', 'oops');
    const header = { targetSeq: seq, mentionedIds: [], mentionsAll: false, lifetimeMs: 0, livesFromRead: false };
    const named = { conversationId: group.group, clientMessageId: 'r1', clientTimeMs: 0 };
    const value = { ...named, kind: EntryKind.RECALL, header, body: new Uint8Array() };
    const first = await group.ask('member', { case: 'changeConversation', value });
    expect(await group.ask('member', { case: 'changeConversation', value })).toEqual(first);
    await group.change('member', { case: 'left', value: {} });
    expect(await group.ask('member', { case: 'changeConversation', value })).toEqual(first);
  });
});

describe('lifetimes', () => {
  const timed = (lifetimeMs: number, livesFromRead: boolean) => ({
    targetSeq: 0,
    mentionedIds: [],
    mentionsAll: false,
    lifetimeMs,
    livesFromRead,
  });

  test('[MSG-5, C5] a message has at most what its conversation gives it, and its sender is told', async () => {
    await group.change('owner', { case: 'lifetimeMs', value: 60_000 });
    const send = async (header?: ReturnType<typeof timed>) => {
      const named = { conversationId: group.group, clientMessageId: `t${header?.lifetimeMs}`, clientTimeMs: 0 };
      const answer = await group.ask('member', {
        case: 'sendMessage',
        value: { ...named, body: encodeText('x'), header },
      });
      return answer.case === 'messageSent' ? answer.value.header?.lifetimeMs : answer;
    };
    expect(await send()).toBe(60_000);
    expect(await send(timed(90_000, false))).toBe(60_000);
    expect(await send(timed(10_000, false))).toBeUndefined();
    expect(group.peer('owner').pushes('entry').at(-1)?.header?.lifetimeMs).toBe(10_000);
  });

  test('[MSG-5, P7] an edit has what is left of that of its message, also when it is asked for again', async () => {
    const { clock } = group.world;
    const named = { conversationId: group.group, clientMessageId: 't', clientTimeMs: 0 };
    const value = { ...named, body: encodeText('x'), header: timed(10_000, false) };
    const sent = await group.ask('member', { case: 'sendMessage', value });
    const targetSeq = sent.case === 'messageSent' ? sent.value.seq : 0;
    const edit = { ...named, clientMessageId: 'e', kind: EntryKind.EDIT, body: encodeText('y') };
    const header = { ...timed(0, false), targetSeq };
    const lifetimeLeft = async (clientMessageId: string) => {
      const asked = { ...edit, clientMessageId, header };
      const answer = await group.ask('member', { case: 'changeConversation', value: asked });
      return answer.case === 'messageSent' ? answer.value.header?.lifetimeMs : outcomeOf(answer);
    };
    clock.advance(4_000);
    expect(await lifetimeLeft('e')).toBe(6_000);
    expect(group.peer('owner').pushes('entry').at(-1)?.header).toMatchObject({ targetSeq, lifetimeMs: 6_000 });
    clock.advance(1_000);
    expect(await lifetimeLeft('e')).toBe(6_000);
    clock.advance(5_000);
    expect(await lifetimeLeft('late')).toBe('NOT_FOUND');
  });

  test('[MSG-5, P9] that count from reading are for two, and none is absurd', async () => {
    const send = async (header: ReturnType<typeof timed>) => {
      const named = { conversationId: group.group, clientMessageId: 't', clientTimeMs: 0 };
      return outcomeOf(
        await group.ask('member', { case: 'sendMessage', value: { ...named, body: encodeText('x'), header } }),
      );
    };
    expect(await send(timed(10_000, true))).toBe('INVALID_ARGUMENT');
    expect(await send(timed(1, false))).toBe('INVALID_ARGUMENT');
    expect(await send(timed(1e15, false))).toBe('INVALID_ARGUMENT');
    expect(await send({ ...timed(0, false), targetSeq: 1 })).toBe('INVALID_ARGUMENT');
  });
});

test('[GRP-8] two may pin, and agree how long messages stay, and nothing else', async () => {
  const world = await GatewayWorld.create();
  const [a] = [await world.online('anna'), await world.online('boris')];
  a.send(2, 'hello');
  await settle();
  const change = (id: number, value: Parameters<typeof encodeConversationChange>[0]['change']) => {
    const named = { conversationId: withBoris, clientMessageId: `c${id}`, clientTimeMs: 0 };
    const body = encodeConversationChange({ change: value });
    a.say(id, { case: 'changeConversation', value: { ...named, kind: EntryKind.CONVERSATION_CHANGED, body } });
  };
  change(3, { case: 'pinnedSeq', value: 1 });
  change(4, { case: 'lifetimeMs', value: 60_000 });
  change(5, { case: 'name', value: 'Us' });
  change(6, { case: 'left', value: {} });
  for (let turns = 0; turns < 10; turns++) await settle();
  expect([3, 4].map((id) => a.replies(id)[0]?.case)).toEqual(['messageSent', 'messageSent']);
  expect([5, 6].map((id) => a.errorOf(id))).toEqual([ErrorCode.FORBIDDEN, ErrorCode.FORBIDDEN]);
});
