import { mentionToken } from '@hongyan/sdk';
import { expect, test } from 'vitest';
import { mentionQuery } from './mentionQuery.ts';
import { MentionText } from './mentionText.ts';

const [anna, other, bela] = ['u0000000000000000', 'u0000000000000001', 'u0000000000000002'] as const;
const names = new Map<string, string>([
  [anna, 'Anna'],
  [other, 'Anna'],
  [bela, '王小明'],
  ['all', 'all'],
]);
const textWith = () => new MentionText((id) => names.get(id) ?? '');

test('[C1] a text with tokens is shown with names, and sent with tokens again', () => {
  const mentions = textWith();
  const sent = `hi ${mentionToken(anna)}, ${mentionToken(bela)} and ${mentionToken('all')}`;
  expect(mentions.shown(sent)).toBe('hi @Anna, @王小明 and @all');
  expect(mentions.sent('hi @Anna, @王小明 and @all')).toBe(sent);
});

test('[C1] two people of one name are told apart', () => {
  const mentions = textWith();
  const sent = `${mentionToken(anna)} ${mentionToken(other)}`;
  expect(mentions.shown(sent)).toBe('@Anna @Anna#2');
  expect(mentions.sent('@Anna @Anna#2')).toBe(sent);
});

test('[C1] a name that nobody picked, or that goes on, mentions nobody', () => {
  const mentions = textWith();
  expect(mentions.sent('@Anna')).toBe('@Anna');
  mentions.labelOf(anna);
  expect(mentions.sent('@Annabel @Anna!')).toBe(`@Annabel ${mentionToken(anna)}!`);
});

test.each([
  ['@', { start: 0, end: 1, name: '' }],
  ['hi @an', { start: 3, end: 6, name: 'an' }],
  ['你好@小', { start: 2, end: 4, name: '小' }],
  ['mail@an', undefined],
  ['hi @an na', undefined],
])('[C1] what is written before the cursor in %j', (text, query) => {
  expect(mentionQuery(text, text.length)).toEqual(query);
});
