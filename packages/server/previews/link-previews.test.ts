import type { ServerResponse } from 'node:http';
import type { UserId } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { createLogger } from '../log.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { WebWorld } from '../testing/web-world.ts';
import { LinkPreviews } from './link-previews.ts';

const account = (letter: string) => `u${letter.repeat(16)}` as UserId;
const ada = account('a');

function previewsOf(world: WebWorld) {
  const clock = new ManualClock();
  const previews = new LinkPreviews({ network: world, clock, logger: createLogger({ level: 'silent' }) });
  return {
    clock,
    previews,
    ask: (path: string, userId = ada) => previews.preview(userId, `http://x.example.com/${path}`),
  };
}

/** Pages that answer when the test says so. */
function heldPages(world: WebWorld, count: number) {
  const held = new Map<string, ServerResponse>();
  let arrived = Promise.withResolvers<void>();
  for (let index = 0; index < count; index++) {
    world.pages.set(`x.example.com/${index}`, ({ url = '' }, response) => {
      held.set(url.slice(1), response);
      arrived.resolve();
    });
  }
  return {
    held,
    async until(size: number) {
      while (held.size < size) {
        await arrived.promise;
        arrived = Promise.withResolvers();
      }
    },
    answer(path: string) {
      const response = held.get(path);
      if (response?.headersSent === false)
        response.setHeader('content-type', 'text/html').end(`<title>${path}</title>`);
    },
  };
}

test('[C1] a preview is kept for half an hour, for the account that asked', async () => {
  await using world = await WebWorld.open();
  world.html('x.example.com/', '<title>A</title>');
  const { clock, ask } = previewsOf(world);
  expect(await ask('')).toMatchObject({ kind: 'preview', preview: { title: 'A' } });
  world.html('x.example.com/', '<title>B</title>');
  clock.advance(30 * 60_000 - 1);
  expect(await ask('#again')).toMatchObject({ preview: { title: 'A' } });
  expect(await ask('', account('b'))).toMatchObject({ preview: { title: 'B' } });
  clock.advance(1);
  expect(await ask('')).toMatchObject({ preview: { title: 'B' } });
  expect(world.requests).toHaveLength(3);
});

test('[C1] that there was no preview is remembered for two minutes', async () => {
  await using world = await WebWorld.open();
  const { clock, ask } = previewsOf(world);
  expect(await ask('')).toEqual({ kind: 'unavailable' });
  world.html('x.example.com/', '<title>A</title>');
  clock.advance(2 * 60_000 - 1);
  expect(await ask('')).toEqual({ kind: 'unavailable' });
  clock.advance(1);
  expect((await ask('')).kind).toBe('preview');
});

test('[C1] asked for twice at once, a page is read once', async () => {
  await using world = await WebWorld.open();
  const pages = heldPages(world, 1);
  const { ask } = previewsOf(world);
  const both = [ask('0'), ask('0')];
  await pages.until(1);
  pages.answer('0');
  expect((await Promise.all(both)).map(({ kind }) => kind)).toEqual(['preview', 'preview']);
  expect(world.requests).toHaveLength(1);
});

test('[C1, P8] a page that does not answer is given up after five seconds, and no timer is left', async () => {
  await using world = await WebWorld.open();
  const pages = heldPages(world, 1);
  const { clock, ask } = previewsOf(world);
  const asked = ask('0');
  await pages.until(1);
  clock.advance(5_000);
  expect(await asked).toEqual({ kind: 'unavailable' });
  expect(clock.timerCount).toBe(0);
});

test('[C1, P8] sixteen pages are read at once; accounts take turns, and one that asks for too much is refused', async () => {
  await using world = await WebWorld.open();
  const pages = heldPages(world, 40);
  const { ask } = previewsOf(world);
  const first = Array.from({ length: 16 }, (_, index) => ask(`${index}`));
  const waiting = Array.from({ length: 8 }, (_, index) => ask(`${16 + index}`));
  expect(await ask('24')).toMatchObject({ kind: 'overloaded' });
  const other = ask('30', account('b'));
  await pages.until(16);
  expect(pages.held.size).toBe(16);
  pages.answer('0');
  pages.answer('1');
  await pages.until(18);
  expect([...pages.held.keys()].slice(16).sort()).toEqual(['16', '30']);
  for (let index = 2; index < 16; index++) pages.answer(`${index}`);
  await pages.until(25);
  for (const path of pages.held.keys()) pages.answer(path);
  const answers = await Promise.all([...first, ...waiting, other]);
  expect(answers.filter(({ kind }) => kind !== 'preview')).toEqual([]);
});

test('[C1, P8] whose turn comes too late is told to come back, and may ask again at once', async () => {
  await using world = await WebWorld.open();
  const pages = heldPages(world, 18);
  const { clock, ask } = previewsOf(world);
  const first = Array.from({ length: 16 }, (_, index) => ask(`${index}`));
  await pages.until(16);
  const late = ask('17');
  clock.advance(4_001);
  pages.answer('0');
  expect((await late).kind).toBe('overloaded');
  const again = ask('17');
  await pages.until(17);
  for (const path of pages.held.keys()) pages.answer(path);
  expect((await again).kind).toBe('preview');
  await Promise.all(first);
});

test('[C1] closing ends what is under way', async () => {
  await using world = await WebWorld.open();
  const pages = heldPages(world, 1);
  const { previews, ask } = previewsOf(world);
  const asked = ask('0');
  await pages.until(1);
  previews.close();
  expect(await asked).toEqual({ kind: 'unavailable' });
});
