import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { by, type Person } from './kit/browser.ts';
import { raiseStage } from './kit/stage.ts';

const ROUNDS = 5;
const HELD_PATH = '/held-still';

const stage = raiseStage();

/** What a page of the web client has, as far as it is used here. */
interface PageGlobal {
  addEventListener(type: 'keydown', listener: () => void): void;
  XMLHttpRequest: new () => { open(method: string, path: string, isAsync: boolean): void; send(): void };
}

/** Once Enter is pressed, the page ends its task and then does nothing more: it waits for an answer that never comes. */
async function holdStillAfterEnter(page: Page): Promise<{ held: Promise<void> }> {
  const { promise: held, resolve } = Promise.withResolvers<void>();
  await page.route(`**${HELD_PATH}`, () => resolve());
  await page.evaluate((path) => {
    const { addEventListener, XMLHttpRequest } = globalThis as unknown as PageGlobal;
    addEventListener('keydown', async () => {
      for (let microtask = 0; microtask < 100; microtask++) await undefined;
      const request = new XMLHttpRequest();
      request.open('GET', path, false);
      request.send();
    });
  }, HELD_PATH);
  return { held };
}

/** As the system does when it has no memory left. Resolves once the browser knows: until then it may give a dead one a page. */
async function killPages(): Promise<void> {
  const session = await stage.browser.newBrowserCDPSession();
  const renderers = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  };
  const killed = await renderers();
  for (const id of killed) process.kill(id, 'SIGKILL');
  const left = async () => (await renderers()).filter((id) => killed.includes(id));
  await expect.poll(left, { timeout: 10_000 }).toEqual([]);
  await session.detach();
}

async function dieWithEnter({ page, context }: Person, text: string): Promise<void> {
  await context.setOffline(true);
  await page.fill(by('composer-input'), text);
  const { held } = await holdStillAfterEnter(page);
  const crashed = page.waitForEvent('crash');
  const pressed = page.press(by('composer-input'), 'Enter').catch(() => {});
  await held;
  await killPages();
  await Promise.all([crashed, pressed]);
  await page.close();
  await context.setOffline(false);
}

test('[D5, OUT-11] a page that is killed right after Enter has kept the message, every time', async () => {
  const id = Math.random().toString(36).slice(2, 8);
  const boris = await stage.open(`boris.${id}`);
  await boris.signUp('Boris');
  await boris.page.close();
  let anna = await stage.open(`anna.${id}`);
  await anna.signUp('Anna');
  await anna.openConversationWith(boris.handle);
  await anna.write('hello');
  await anna.sees('hello', 'sent');

  const texts = Array.from({ length: ROUNDS }, (_, round) => `Written before death ${round + 1}.`);
  for (const text of texts) {
    await dieWithEnter(anna, text);
    anna = await anna.newTab();
    await anna.sees(text, 'sent');
  }
  const reader = await boris.newTab();
  await reader.sees(texts.at(-1) ?? '');
  const shown = (await reader.messages()).map(({ text }) => texts.find((written) => text.includes(written)));
  expect(shown.filter((text) => text !== undefined)).toEqual(texts);
}, 180_000);
