import { Role } from '@hongyan/sdk';
import { expect, test } from 'vitest';
import { conversationOf, messageOf } from '../testing/messages.ts';
import { offered } from './offered.ts';

const MINUTE_MS = 60_000;
const own = messageOf('a', { seq: 1, mine: true, state: { name: 'sent' } });
const theirs = messageOf('b', { seq: 2 });
const group = { ...conversationOf('c'), kind: 3 as const, role: Role.MEMBER };

test('[C3] one’s own text can be edited, another’s answered', () => {
  expect(offered(own, group, MINUTE_MS)).toMatchObject({ edit: true, reply: true, react: true });
  expect(offered(theirs, group, MINUTE_MS)).toMatchObject({ edit: false, recall: false, reply: true, forward: true });
});

test('[C4] an own message can be recalled for some minutes, an administrator’s and others’ in a group always', () => {
  expect(offered(own, group, 5 * MINUTE_MS).recall).toBe(true);
  expect(offered(own, group, 60 * MINUTE_MS).recall).toBe(false);
  expect(offered(theirs, { ...group, role: Role.ADMIN }, 60 * MINUTE_MS).recall).toBe(true);
});

test('[E3] who is no member any more can still copy and forward, and nothing else', () => {
  const former = { ...group, former: true, role: Role.UNSPECIFIED };
  expect(offered(theirs, former, MINUTE_MS)).toEqual({
    ...{ reply: false, react: false, copy: true, edit: false, recall: false, forward: true, pin: false, select: true },
    ...{ save: true, link: true, receipts: false },
  });
});
