import fc from 'fast-check';
import { expect, test } from 'vitest';
import { directConversationId, groupConversationId, ID_LENGTH, idFromBytes } from './ids.ts';
import { formatLink, type Link, parseLink } from './links.ts';

const bytes = fc.uint8Array({ minLength: ID_LENGTH, maxLength: ID_LENGTH });
const userId = bytes.map((random) => idFromBytes('u', random));
const group = bytes.map(groupConversationId);
const link: fc.Arbitrary<Link> = fc.oneof(
  fc.record({ kind: fc.constant('person' as const), userId }),
  fc.record({
    kind: fc.constant('group' as const),
    conversationId: group,
    linkCode: fc.string({ minLength: 16, maxLength: 64, unit: 'grapheme' }),
  }),
  fc.record({
    kind: fc.constant('message' as const),
    conversationId: fc.oneof(
      group,
      fc.tuple(userId, userId).map(([a, b]) => (a === b ? `self.${a}` : directConversationId(a, b))),
    ),
    seq: fc.integer({ min: 1, max: 1e14 }),
  }),
);

const anna = 'u0123456789abcdef';

test('[B2, C6] a link is read as what was written, whatever the group’s code has in it', () => {
  fc.assert(
    fc.property(link, fc.constantFrom('https://chat.example', 'http://localhost:8080/im/'), (written, server) => {
      const text = formatLink(server, written);
      expect(text).not.toMatch(/\s/);
      expect(parseLink(text)).toEqual({ server: server.replace(/\/$/, ''), link: written });
    }),
  );
});

test('[B2] a link says nothing to the server that it leads to', () => {
  const text = formatLink('https://chat.example/', {
    kind: 'group',
    conversationId: 'group.x',
    linkCode: 'a secret/?#',
  });
  expect(text).toBe('https://chat.example/#/g/group.x/a%20secret%2F%3F%23');
  expect(new URL(text).pathname + new URL(text).search).toBe('/');
});

test.each([
  '',
  'https://chat.example/',
  `javascript:alert(1)#/u/${anna}`,
  `ftp://chat.example/#/u/${anna}`,
  `#/u/${anna}`,
  'https://chat.example/#/u/somebody',
  `https://chat.example/#/u/${anna}/more`,
  `https://chat.example/#/x/${anna}`,
  'https://chat.example/#/g/group.g0123456789abcdef',
  'https://chat.example/#/g/group.g0123456789abcdef/%E0%A4%A',
  `https://chat.example/#/g/self.${anna}/0123456789abcdef`,
  `https://chat.example/#/m/self.${anna}/0`,
  `https://chat.example/#/m/self.${anna}/1.5`,
  `https://chat.example/#/m/self.${anna}`,
  `text before https://chat.example/#/u/${anna}`,
])('[B2, C6] %j is no link', (text) => {
  expect(parseLink(text)).toBeUndefined();
});
