import { expect, test } from 'vitest';
import { validate } from './validate.ts';

const good = { handle: 'ada', name: 'Ada', password: 'correct horse' };

test('[A1] a filled-in form has no problems', () => {
  expect(validate(good, 'sign-up')).toEqual({});
  expect(validate({ ...good, name: '' }, 'sign-in')).toEqual({});
});

test('[A1] empty fields are named', () => {
  const empty = { handle: ' ', name: ' ', password: '' };
  expect(validate(empty, 'sign-in')).toEqual({ handle: 'auth.handleMissing', password: 'auth.passwordMissing' });
  expect(validate(empty, 'sign-up')).toMatchObject({ name: 'auth.nameMissing' });
});

test.each(['ab', 'with space', '王小明', 'x'.repeat(33)])('[A1] "%s" is no handle', (handle) => {
  expect(validate({ ...good, handle }, 'sign-up')).toEqual({ handle: 'auth.handleInvalid' });
});

test('[A1] signing up asks for a password of 8 characters and a name of at most 64', () => {
  expect(validate({ ...good, password: 'short' }, 'sign-up')).toEqual({ password: 'auth.passwordTooShort' });
  expect(validate({ ...good, password: 'short' }, 'sign-in')).toEqual({});
  expect(validate({ ...good, name: '名'.repeat(65) }, 'sign-up')).toEqual({ name: 'auth.nameTooLong' });
});
