import { describe, expect, test } from 'vitest';
import { type Person, PLAIN_HOST } from './kit/browser.ts';
import { raiseStage } from './kit/stage.ts';

const stage = raiseStage();

const SENT = ['sent', 'delivered', 'read'];
const numbered = (tab: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `${tab} writes ${from + index}.`);

/** Somebody with two tabs open on a conversation, the first of which leads; and the one they write to. */
async function scene(url: string): Promise<{ first: Person; second: Person; boris: Person }> {
  const id = Math.random().toString(36).slice(2, 8);
  const first = await stage.open(`anna.${id}`, url);
  const boris = await stage.open(`boris.${id}`, url);
  await Promise.all([first.signUp('Anna'), boris.signUp('Boris')]);
  await first.openConversationWith(boris.handle);
  await first.write('hello');
  await first.sees('hello', ...SENT);
  await boris.openNewestConversation();
  return { first, second: await first.newTab(), boris };
}

async function write(person: Person, texts: readonly string[]): Promise<void> {
  for (const text of texts) await person.write(text);
}

/** Every text is on this screen exactly once, and those of each tab are in its order. */
async function showsAll(person: Person, ...tabs: readonly string[][]): Promise<void> {
  for (const text of tabs.flat()) await person.sees(text);
  const shown = await person.messages();
  expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length);
  for (const texts of tabs) {
    const own = shown.flatMap(({ text }) => texts.find((wanted) => text.includes(wanted)) ?? []);
    expect(own).toEqual(texts);
  }
}

const addresses = [
  { address: 'with Web Locks', url: () => stage.server.url },
  { address: 'over plain HTTP, without them', url: () => `http://${PLAIN_HOST}:${stage.server.port}` },
];

describe.each(addresses)('two tabs of one browser $address', ({ url }) => {
  test('[D5, OUT-2, OUT-7] both write, without a network and with one: everything once, in each tab’s order', async () => {
    const { first, second, boris } = await scene(url());
    await first.context.setOffline(true);
    await write(first, numbered('first', 1, 4));
    await write(second, numbered('second', 1, 4));
    await second.sees('second writes 4.', 'queued', 'sending');
    await first.context.setOffline(false);
    await write(second, numbered('second', 5, 8));
    await write(first, numbered('first', 5, 8));
    await first.sees('first writes 8.', ...SENT);
    await second.sees('second writes 8.', ...SENT);
    for (const person of [first, second, boris]) {
      await showsAll(person, numbered('first', 1, 8), numbered('second', 1, 8));
    }
  });

  test('[D5, OUT-7] the one that sends is closed in the middle: the other sends what is left', async () => {
    const { first, second, boris } = await scene(url());
    await first.context.setOffline(true);
    await write(second, numbered('second', 1, 6));
    await write(first, numbered('first', 1, 6));
    await second.sees('first writes 6.', 'queued', 'sending');
    await first.context.setOffline(false);
    await boris.sees('writes 1.');
    await first.page.close();
    await second.sees('second writes 6.', ...SENT);
    await second.sees('first writes 6.', ...SENT);
    for (const person of [second, boris]) await showsAll(person, numbered('first', 1, 6), numbered('second', 1, 6));
  });

  test('[D5, OUT-1, OUT-7] the one that sends is reloaded in the middle, and both go on', async () => {
    const { first, second, boris } = await scene(url());
    await first.context.setOffline(true);
    await write(first, numbered('first', 1, 6));
    await write(second, numbered('second', 1, 3));
    await second.sees('first writes 6.', 'queued', 'sending');
    await first.context.setOffline(false);
    await boris.sees('writes 1.');
    await first.page.reload();
    await first.openNewestConversation();
    await write(second, numbered('second', 4, 6));
    await write(first, numbered('first', 7, 9));
    await first.sees('first writes 9.', ...SENT);
    await second.sees('second writes 6.', ...SENT);
    for (const person of [first, second, boris]) {
      await showsAll(person, numbered('first', 1, 9), numbered('second', 1, 6));
    }
  });
});
