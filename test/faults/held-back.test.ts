import { expect, test } from 'vitest';
import type { Observation } from '../../packages/testkit/observation.ts';
import { HeldBack } from './kit/held-back.ts';

const message = { deviceId: 'd1', conversationId: 'c', clientMessageId: 'm' };
const composed: Observation = { kind: 'composed', ...message };
const sent: Observation = { kind: 'sent', ...message, seq: 1 };

test('[P2] who judges logs knows of every message that was written while they were read, and of what became of it later', () => {
  const shown: string[] = [];
  const heldBack = new HeldBack(({ kind }) => shown.push(kind));
  heldBack.hold();
  heldBack.observe(composed);
  heldBack.observe(sent);
  expect(shown).toEqual(['composed']);
  heldBack.release();
  expect(shown).toEqual(['composed', 'sent']);
  heldBack.observe(sent);
  expect(shown).toEqual(['composed', 'sent', 'sent']);
});
