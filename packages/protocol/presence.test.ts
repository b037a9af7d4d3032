import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choiceAt, chosenPresence, presenceAudience, presenceChoices, presenceSetting } from './presence.ts';

test('[PRS-3] what was chosen is read as it was written, and what cannot be read is nothing', () => {
  const untilMs = fc.option(fc.integer({ min: 1, max: 10 ** 15 }), { nil: undefined });
  fc.assert(
    fc.property(fc.record({ choice: fc.constantFrom(...presenceChoices), untilMs }), (chosen) => {
      expect(chosenPresence(presenceSetting(chosen))).toEqual(chosen);
    }),
  );
  for (const text of ['', 'asleep', 'away ', 'away soon', 'away 0', 'away 5 6', ' away', 'away 12345678901234567890']) {
    expect(chosenPresence(text)).toEqual({ choice: 'available', untilMs: undefined });
  }
});

test('[PRS-3] a choice ends at its time', () => {
  const chosen = { choice: 'away', untilMs: 5 } as const;
  expect([4, 5].map((nowMs) => choiceAt(chosen, nowMs))).toEqual(['away', 'available']);
});

test('[PRS-5] without a setting everyone may see it, and with one that cannot be read nobody', () => {
  expect(['', 'everyone', 'friends', 'nobody', 'some'].map(presenceAudience)).toEqual([
    'everyone',
    'everyone',
    'friends',
    'nobody',
    'nobody',
  ]);
});
