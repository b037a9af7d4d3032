import { expect, test } from 'vitest';
import type { Screen } from '../engine/types.ts';
import { Screens } from './screens.ts';

const moment = () => new Promise<void>((resolve) => queueMicrotask(resolve));

test('[PRS-10] what parts of an application watch adds up, and is told once for what changes together', async () => {
  const told: Screen[] = [];
  const screens = new Screens((screen) => told.push(screen));
  const first = screens.add({ people: ['ann', 'ben', 'ben'] });
  const second = screens.add({ people: ['ann'], conversations: ['c'] });
  await moment();
  expect(told).toEqual([{ userIds: ['ben', 'ann'], conversationIds: ['c'] }]);
  first();
  first();
  await moment();
  expect(told.at(-1)).toEqual({ userIds: ['ann'], conversationIds: ['c'] });
  second();
  await moment();
  expect(told.at(-1)).toEqual({ userIds: [], conversationIds: [] });
  expect(told).toHaveLength(3);
});
