import { describe, expect, test } from 'vitest';
import { conversationOf, messageOf } from '../testing/messages.ts';
import { alertFor, type Circumstances } from './decide.ts';

const away: Circumstances = { nowMs: 1_000, isQuiet: false, isLooking: false, openId: undefined };
const conversation = conversationOf('c');

describe('[I2] what an arriving message does', () => {
  test('[I2] it is a notification while nobody looks, a sound while one looks elsewhere, nothing where one looks', () => {
    const message = messageOf('m');
    expect(alertFor(message, conversation, away)).toBe('notification');
    expect(alertFor(message, conversation, { ...away, isLooking: true, openId: 'd' })).toBe('sound');
    expect(alertFor(message, conversation, { ...away, isLooking: true, openId: 'c' })).toBe('none');
  });

  test('[I2] muted conversations are silent, or but for mentions', () => {
    const mention = messageOf('m', { mentionsMe: true });
    expect(alertFor(mention, { ...conversation, notify: 'none' }, away)).toBe('none');
    expect(alertFor(messageOf('m'), { ...conversation, notify: 'mentions' }, away)).toBe('none');
    expect(alertFor(mention, { ...conversation, notify: 'mentions' }, away)).toBe('notification');
  });

  test('[I2] own messages, lines of the system, old ones and those of quiet hours do nothing', () => {
    expect(alertFor(messageOf('m', { mine: true }), conversation, away)).toBe('none');
    expect(alertFor(messageOf('m', { content: { kind: 'created', name: 'g' } }), conversation, away)).toBe('none');
    expect(alertFor(messageOf('m'), conversation, { ...away, nowMs: 3_600_000 })).toBe('none');
    expect(alertFor(messageOf('m'), conversation, { ...away, isQuiet: true })).toBe('none');
  });
});
