import { NEW_GROUP_POLICY } from '@hongyan/core';
import { decodeAsking, encodeAsking, type GroupPolicy, Joining, recordKey } from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { GroupWorld, outcomeOf, type PersonName, userIdOf } from '../testing/group-world.ts';
import { previewGroup } from './index.ts';

const CODE = 'k'.repeat(16);
let group: GroupWorld;

beforeEach(async () => {
  group = await GroupWorld.create();
  await group.change('owner', { case: 'linkCode', value: CODE });
});

const joinAs = (policy: Partial<GroupPolicy>) =>
  group.change('owner', { case: 'policy', value: { ...NEW_GROUP_POLICY, ...policy } });

async function ask(name: PersonName, linkCode: string, text = '', value = encodeAsking({ linkCode, text })) {
  const key = recordKey({ kind: 'asking', conversationId: group.group });
  const record = { key, changedAtMs: group.world.clock.now(), value };
  return outcomeOf(await group.ask(name, { case: 'setRecord', value: { record } }));
}

const isIn = async (name: PersonName) =>
  (await group.world.store.log.member(group.group, userIdOf(name)))?.untilSeq === 0;

const recordsOf = (name: PersonName) =>
  group
    .peer(name)
    .pushes('userEvent')
    .flatMap(({ event }) => (event?.case === 'recordChanged' ? [event.value] : []));

describe('who has the link', () => {
  test('[GRP-9, E2] joins an open group at once, once, and everybody sees it', async () => {
    await joinAs({ joining: Joining.OPEN });
    expect(await ask('stranger', CODE)).toBe('ok');
    expect(await isIn('stranger')).toBe(true);
    expect(group.peer('member').pushes('entry').at(-1)?.senderId).toBe(userIdOf('stranger'));
    expect(await ask('stranger', CODE, 'again')).toBe('ok');
    expect(outcomeOf(await group.write('stranger', 'hello'))).toBe('ok');
  });

  test('[GRP-9, E2] answers the question right, or stays outside', async () => {
    await joinAs({ joining: Joining.QUESTION, question: 'Which bird?', answer: 'Wild Goose' });
    expect(await ask('stranger', CODE, 'duck')).toBe('FORBIDDEN');
    expect(await isIn('stranger')).toBe(false);
    expect(await ask('stranger', CODE, ' wild goose')).toBe('ok');
    expect(await isIn('stranger')).toBe(true);
  });

  test('[GRP-9, E2] asks those who decide, who hear of it also when they were away', async () => {
    await joinAs({ joining: Joining.APPROVAL });
    expect(await ask('stranger', CODE, 'I fly too')).toBe('ok');
    expect(await isIn('stranger')).toBe(false);
    const key = `asked/${group.group}/${userIdOf('stranger')}`;
    for (const name of ['owner', 'admin', 'otherAdmin'] as const) {
      const told = recordsOf(name).find((record) => record.key === key);
      expect(decodeAsking(told?.value ?? new Uint8Array()).text).toBe('I fly too');
    }
    expect(recordsOf('member').filter((record) => record.key === key)).toEqual([]);
    const late = await group.world.online('admin');
    expect(late.pushes('records').flatMap(({ records }) => records.map((record) => record.key))).toContain(key);
    const empty = { key, changedAtMs: group.world.clock.now() + 1, value: new Uint8Array() };
    expect(outcomeOf(await group.ask('admin', { case: 'setRecord', value: { record: empty } }))).toBe('ok');
    const forged = { key, changedAtMs: group.world.clock.now() + 2, value: encodeAsking({ linkCode: '', text: 'x' }) };
    expect(outcomeOf(await group.ask('admin', { case: 'setRecord', value: { record: forged } }))).toBe(
      'INVALID_ARGUMENT',
    );
  });
});

test('[GRP-9, P6] a link says where it leads to who has it', async () => {
  const { store } = group.world;
  await joinAs({ joining: Joining.QUESTION, question: 'Which bird?', answer: 'goose' });
  const shown = { name: 'Geese', avatar: '', memberCount: 5, joining: Joining.QUESTION, question: 'Which bird?' };
  expect(await previewGroup(store, group.group, CODE)).toEqual(shown);
  expect(await previewGroup(store, group.group, '')).toBeUndefined();
  await joinAs({});
  expect(await previewGroup(store, group.group, CODE)).toBeUndefined();
});

describe('who has not', () => {
  const refused: [string, Partial<GroupPolicy>, string, string][] = [
    ['a code of its own', { joining: Joining.OPEN }, 'g'.repeat(16), 'FORBIDDEN'],
    ['no code', { joining: Joining.OPEN }, '', 'FORBIDDEN'],
    ['a link to a group that one is invited to', {}, CODE, 'FORBIDDEN'],
  ];
  test.each(refused)('[GRP-9, P6] does not join with %s', async (_what, policy, code, outcome) => {
    await joinAs(policy);
    expect(await ask('stranger', code, 'please')).toBe(outcome);
    expect(await isIn('stranger')).toBe(false);
  });

  test('[GRP-9, P9] what is no wish, or too long, is refused', async () => {
    await joinAs({ joining: Joining.OPEN });
    expect(await ask('stranger', '', '', Uint8Array.of(255))).toBe('INVALID_ARGUMENT');
    expect(await ask('stranger', CODE, 'x'.repeat(201))).toBe('LIMIT_EXCEEDED');
    await group.change('owner', { case: 'linkCode', value: '' });
    expect(await ask('stranger', '', 'please')).toBe('FORBIDDEN');
    expect(outcomeOf(await group.change('owner', { case: 'linkCode', value: 'short' }))).toBe('INVALID_ARGUMENT');
    await group.change('owner', { case: 'dissolved', value: {} });
    expect(await ask('stranger', CODE)).toBe('FORBIDDEN');
  });
});
