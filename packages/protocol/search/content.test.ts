import { expect, test } from 'vitest';
import { encodeContent, encodeText } from '../codec.ts';
import { type Content, ContentKind } from '../gen/hongyan.ts';
import { SEARCHED_CHARACTERS_MAX, searchableOf } from './content.ts';

const content = (kind: Content['kind']) => encodeContent({ kind, replyToSeq: 0 });
const bundled = (body: Uint8Array) => ({ senderId: 'u1', senderName: '', timeMs: 0, content: body });
const bundle = (title: string, ...bodies: Uint8Array[]) =>
  content({ case: 'bundle', value: { title, messages: bodies.map(bundled) } });

test.each([
  ['a text', encodeText('明天 at ten'), '明天 at ten', [ContentKind.TEXT]],
  [
    'a text with an address',
    encodeText('see HTTPS://a.example/b'),
    'see HTTPS://a.example/b',
    [ContentKind.TEXT, ContentKind.LINK],
  ],
  ['a text about addresses', encodeText('write https:// first'), 'write https:// first', [ContentKind.TEXT]],
  ['a contact', content({ case: 'contact', value: { userId: 'u2' } }), '', [ContentKind.CONTACT]],
  [
    'a bundle with all that is in it',
    bundle('Trip', encodeText('one'), bundle('Notes', encodeText('two'))),
    'Trip\none\nNotes\ntwo',
    [ContentKind.BUNDLE],
  ],
  ['a bundle with what cannot be read', bundle('Trip', Uint8Array.of(255)), 'Trip', [ContentKind.BUNDLE]],
  ['no kind', content(undefined), '', []],
  ['nothing', new Uint8Array(0), '', []],
  ['no content', Uint8Array.of(255, 255), '', []],
])('[C8] %s is found by what it says, and by what it is', (_name, body, text, kinds) => {
  expect(searchableOf(body)).toEqual({ text, kinds });
});

test('[C8] a link is found by what was behind it', () => {
  const preview = { url: 'https://a.example', title: 'Title', description: 'What it is', siteName: 'Site' };
  const body = content({ case: 'text', value: { text: 'look', preview } });
  expect(searchableOf(body)).toEqual({
    text: 'look\nTitle\nWhat it is\nSite',
    kinds: [ContentKind.TEXT, ContentKind.LINK],
  });
});

test('[C8, P8] a long text and bundles in bundles are read as far as is stated', () => {
  expect(searchableOf(encodeText('长'.repeat(SEARCHED_CHARACTERS_MAX + 1))).text).toHaveLength(SEARCHED_CHARACTERS_MAX);
  const nested = Array.from({ length: 9 }).reduce<Uint8Array>(
    (inner, _, at) => bundle(`b${at}`, inner),
    encodeText('x'),
  );
  expect(searchableOf(nested).text).toBe('b8\nb7\nb6\nb5');
});
