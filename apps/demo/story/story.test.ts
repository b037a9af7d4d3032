import { expect, test } from 'vitest';
import { rooms } from '../world/rooms.ts';
import { parseScript, ScriptError } from './script.ts';
import { writeStory } from './write-story.ts';

const NOW_MS = Date.UTC(2026, 9, 14, 13, 37);

test('[O1] the same seed tells the same story, and another one another', () => {
  const story = writeStory(7, NOW_MS);
  expect(writeStory(7, NOW_MS)).toEqual(story);
  expect(writeStory(8, NOW_MS)).not.toEqual(story);
});

test('[O1] nothing happens in the future or before what it is about, at whatever time of day one looks', () => {
  for (let hour = 0; hour < 24; hour += 5) {
    const nowMs = NOW_MS + hour * 3_600_000;
    for (const [index, events] of writeStory(7, nowMs).entries()) {
      const { name } = { name: index, ...rooms[index] };
      expect(events.length, `${name}`).toBeGreaterThan(0);
      let [lastMs, said] = [0, 0];
      for (const { atMs, deed } of events) {
        expect(atMs).toBeGreaterThanOrEqual(lastMs);
        expect(atMs).toBeLessThanOrEqual(nowMs);
        lastMs = atMs;
        if (deed.kind === 'say') said++;
        else expect(deed.said).toBeLessThan(said);
        if (deed.kind === 'say' || deed.kind === 'edit') expect(deed.text).not.toMatch(/\{\w+\}|^$/);
      }
    }
  }
});

test('[O1] what is no script is refused', () => {
  expect(parseScript('@ 2d 09:05\na: hi\nb <1: hello\n+2 👍 a')[0]).toEqual({
    begin: { kind: 'days-ago', days: 2, hour: 9, minute: 5 },
    steps: [
      { kind: 'say', who: 'a', text: 'hi', replyTo: undefined },
      { kind: 'say', who: 'b', text: 'hello', replyTo: 1 },
      { kind: 'react', line: 2, emoji: '👍', who: ['a'] },
    ],
  });
  expect(() => parseScript('nobody says this')).toThrow(ScriptError);
});
