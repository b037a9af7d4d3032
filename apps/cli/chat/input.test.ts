import { expect, test } from 'vitest';
import { type Input, parseInput } from './input.ts';

const cases: [string, Input][] = [
  ['', { name: 'nothing' }],
  ['   ', { name: 'nothing' }],
  ['hello  there ', { name: 'send', text: 'hello  there ' }],
  ['你好', { name: 'send', text: '你好' }],
  ['//shrug', { name: 'send', text: '/shrug' }],
  ['/help', { name: 'help' }],
  ['/list ', { name: 'list' }],
  ['/history', { name: 'history' }],
  ['/retry', { name: 'retry' }],
  ['/unread', { name: 'unread' }],
  ['/quit', { name: 'quit' }],
  ['/to bob', { name: 'to', handle: 'bob' }],
  ['/to  @bob ', { name: 'to', handle: 'bob' }],
  ['/to', { name: 'help' }],
  ['/name Ada Lovelace', { name: 'rename', displayName: 'Ada Lovelace' }],
  ['/name', { name: 'help' }],
  ['/dance now', { name: 'unknown', command: 'dance' }],
  ['/', { name: 'unknown', command: '' }],
];

test.each(cases)('[O3] the line "%s" is understood', (line, input) => {
  expect(parseInput(line)).toEqual(input);
});
