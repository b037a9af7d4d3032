import { readFileSync } from 'node:fs';
import { NEW_GROUP_POLICY } from '@hongyan/core';
import { EntryKind, encodeReaction, encodeText, Role } from '@hongyan/protocol';
import { describe, expect, test } from 'vitest';
import { GroupWorld, outcomeOf, type PersonName, userIdOf } from '../testing/group-world.ts';

const COLUMNS: readonly PersonName[] = ['owner', 'admin', 'member', 'former', 'stranger', 'system'];

/** What each row of the table in GRP-2 is, as somebody tries it. */
const DEEDS: Record<string, (group: GroupWorld, name: PersonName) => Promise<string>> = {
  read: async (group, name) => {
    const answer = await fetch(group, name, 0);
    if (answer.case !== 'entryPage') return outcomeOf(answer);
    const { entries } = answer.value;
    const last = (await group.world.store.log.head(group.group))?.lastSeq;
    if (entries.at(-1)?.seq === last) return 'ok';
    return entries.at(-1)?.seq === group.removedAtSeq ? 'what it covered' : `up to ${entries.at(-1)?.seq}`;
  },
  write: async (group, name) => outcomeOf(await group.write(name, 'hello')),
  react: async (group, name) =>
    outcomeOf(
      await group.amend(name, EntryKind.REACTION, await group.said('owner', 'hi'), encodeReaction({ emoji: ['👍'] })),
    ),
  'mention all': async (group, name) => outcomeOf(await group.write(name, 'all!', { all: true })),
  'edit own message': (group, name) => amendOwn(group, name, EntryKind.EDIT, encodeText('better')),
  'recall own message': (group, name) => amendOwn(group, name, EntryKind.RECALL),
  'recall a member’s message': async (group, name) =>
    outcomeOf(await group.amend(name, EntryKind.RECALL, await ownSeq(group, 'otherMember'))),
  'recall an administrator’s message': async (group, name) =>
    outcomeOf(await group.amend(name, EntryKind.RECALL, await ownSeq(group, 'otherAdmin'))),
  'recall the owner’s message': async (group, name) =>
    outcomeOf(await group.amend(name, EntryKind.RECALL, await group.said('owner', 'oh'))),
  rename: async (group, name) => outcomeOf(await group.change(name, { case: 'name', value: 'Ducks' })),
  'change the avatar': async (group, name) => outcomeOf(await group.change(name, { case: 'avatar', value: '🪿' })),
  announce: async (group, name) => outcomeOf(await group.change(name, { case: 'announcement', value: 'South!' })),
  pin: async (group, name) =>
    outcomeOf(await group.change(name, { case: 'pinnedSeq', value: await group.said('owner', 'pin me') })),
  unpin: async (group, name) => outcomeOf(await group.change(name, { case: 'unpinnedSeq', value: 1 })),
  'set the lifetime of messages': async (group, name) =>
    outcomeOf(await group.change(name, { case: 'lifetimeMs', value: 60_000 })),
  'set the policy': async (group, name) =>
    outcomeOf(await group.change(name, { case: 'policy', value: { ...NEW_GROUP_POLICY, muted: true } })),
  'change the link': async (group, name) =>
    outcomeOf(await group.change(name, { case: 'linkCode', value: 'x'.repeat(16) })),
  invite: async (group, name) =>
    outcomeOf(await group.change(name, { case: 'membersAdded', value: { userIds: [userIdOf('stranger')] } })),
  'remove a member': (group, name) => remove(group, name, 'otherMember'),
  'remove an administrator': (group, name) => remove(group, name, 'otherAdmin'),
  'mute a member': (group, name) => mute(group, name, 'otherMember'),
  'mute an administrator': (group, name) => mute(group, name, 'otherAdmin'),
  'make an administrator': (group, name) => give(group, name, Role.ADMIN),
  'pass the group on': (group, name) => give(group, name, Role.OWNER),
  'name oneself': async (group, name) => outcomeOf(await group.change(name, { case: 'nickname', value: 'Nick' })),
  'see the members': async (group, name) => {
    const value = { conversationId: group.group, query: '', after: '', limit: 10 };
    return outcomeOf(await group.ask(name, { case: 'fetchMembers', value }));
  },
  leave: async (group, name) => outcomeOf(await group.change(name, { case: 'left', value: {} })),
  dissolve: async (group, name) => outcomeOf(await group.change(name, { case: 'dissolved', value: {} })),
};

const fetch = (group: GroupWorld, name: PersonName, afterSeq: number) =>
  group.ask(name, {
    case: 'fetchEntries',
    value: { conversationId: group.group, afterSeq, beforeSeq: 0, limit: 100 },
  });

async function amendOwn(
  group: GroupWorld,
  name: PersonName,
  kind: EntryKind,
  body: Uint8Array = new Uint8Array(),
): Promise<string> {
  // Who may not write any more wrote before; who never could has nothing of its own.
  const own = await ownSeq(group, name);
  return outcomeOf(await group.amend(name, kind, own, body));
}

async function ownSeq(group: GroupWorld, name: PersonName): Promise<number> {
  const entries = await group.world.store.log.read({ ...ALL, conversationId: group.group });
  return entries.findLast(({ kind, senderId }) => kind === EntryKind.MESSAGE && senderId === userIdOf(name))?.seq ?? 1;
}

const ALL = { afterSeq: 0, beforeSeq: Number.MAX_SAFE_INTEGER, limit: 1_000, bytesMax: 1e9, from: 'oldest' } as const;

async function remove(group: GroupWorld, name: PersonName, whom: PersonName): Promise<string> {
  return outcomeOf(await group.change(name, { case: 'membersRemoved', value: { userIds: [userIdOf(whom)] } }));
}

async function mute(group: GroupWorld, name: PersonName, whom: PersonName): Promise<string> {
  const untilMs = group.world.clock.now() + 60_000;
  return outcomeOf(await group.change(name, { case: 'memberMuted', value: { userId: userIdOf(whom), untilMs } }));
}

async function give(group: GroupWorld, name: PersonName, role: Role): Promise<string> {
  return outcomeOf(await group.change(name, { case: 'roleGiven', value: { userId: userIdOf('otherMember'), role } }));
}

/** The rows of GRP-2: what may be done, and the verdicts of its columns. */
function rowsOfRule(): [string, string[]][] {
  const rules = readFileSync(new URL('../../../spec/RULES.md', import.meta.url), 'utf8');
  const table = rules.slice(rules.indexOf('**GRP-2**'), rules.indexOf('**GRP-3**'));
  const rows = table.split('\n').filter((line) => line.startsWith('|') && !line.startsWith('|---'));
  return rows.slice(1).map((line) => {
    const [, deed = '', ...verdicts] = line.split('|').map((cell) => cell.trim());
    return [deed.replace("'", '’'), verdicts.slice(0, COLUMNS.length)];
  });
}

/** The states in which a cell is tried, each with what has to come of it. */
function expectations(verdict: string): [state: 'plain' | 'muted' | 'allowed' | 'forbidden', outcome: string][] {
  switch (verdict) {
    case 'yes':
      return [
        ['plain', 'ok'],
        ['muted', 'ok'],
        ['forbidden', 'ok'],
      ];
    case 'no':
      return [
        ['plain', 'FORBIDDEN'],
        ['allowed', 'FORBIDDEN'],
      ];
    case 'policy':
      return [
        ['allowed', 'ok'],
        ['forbidden', 'FORBIDDEN'],
      ];
    case 'policy, unless muted':
      return [
        ['allowed', 'ok'],
        ['forbidden', 'FORBIDDEN'],
        ['muted', 'MUTED'],
      ];
    case 'unless muted':
      return [
        ['plain', 'ok'],
        ['muted', 'MUTED'],
      ];
    case 'what it covered':
      return [['plain', 'what it covered']];
    default:
      return [];
  }
}

async function groupIn(state: ReturnType<typeof expectations>[number][0], name: PersonName): Promise<GroupWorld> {
  const group = await GroupWorld.create();
  for (const writer of ['member', 'admin', 'owner', 'otherMember', 'otherAdmin', 'system'] as const)
    await group.said(writer, 'first');
  const all = (may: boolean) => ({ membersInvite: may, membersMentionAll: may, membersPin: may, membersEdit: may });
  const policy = { ...NEW_GROUP_POLICY, ...all(state !== 'forbidden'), muted: state === 'muted' };
  if (state !== 'plain') await group.change('owner', { case: 'policy', value: policy });
  if (state === 'muted' && name === 'member') await mute(group, 'owner', 'member');
  return group;
}

describe('who may do what', () => {
  const rows = rowsOfRule();

  test('[GRP-2] every row of the table is tried', () => {
    expect(rows.map(([deed]) => deed).sort()).toEqual(Object.keys(DEEDS).sort());
  });

  const cells = rows.flatMap(([deed, verdicts]) =>
    COLUMNS.flatMap((name, at) =>
      expectations(verdicts[at] ?? '').map((expected) => [deed, name, ...expected] as const),
    ),
  );
  test.each(cells)('[GRP-2, E3] %s by %s, %s: %s', async (deed, name, state, outcome) => {
    const group = await groupIn(state, name);
    expect(await DEEDS[deed]?.(group, name)).toBe(outcome);
  });
});
