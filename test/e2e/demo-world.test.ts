import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { by, launchBrowser } from './kit/browser.ts';
import { type Look, openAsVisitor, openConversation, serveDemoWorld } from './kit/demo-world.ts';
import { smallTargets } from './kit/in-page.mjs';
import type { ServerProcess } from './kit/server-process.ts';

const desktop: Look = { device: 'desktop', theme: 'light', locale: 'en' };
const phone: Look = { ...desktop, device: 'phone' };

let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([serveDemoWorld(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

const rowsIn = (page: Page) => page.locator(by('message')).count();

test('[C9, O1] what is read opens at its end and stays there while older messages come in above', async () => {
  const page = await openAsVisitor(browser, server.url, desktop);
  for (const name of ['Anna Lindqvist', 'Carla Ferreira', 'Anna Lindqvist']) {
    await openConversation(page, name);
    const below = () =>
      page.locator(by('timeline')).evaluate((list) => list.scrollHeight - list.clientHeight - list.scrollTop);
    await expect.poll(below, { timeout: 20_000 }).toBeLessThan(2);
    // A page of older ones is fetched by itself, and is above.
    const height = () => page.locator(by('timeline')).evaluate((list) => list.scrollHeight);
    await expect.poll(height, { timeout: 20_000 }).toBeGreaterThan(3_000);
    await expect.poll(below, { timeout: 20_000 }).toBeLessThan(2);
    expect(await page.locator(by('jump-latest')).count()).toBe(0);
  }
  await page.context().close();
});

test('[C9, O1] what is not read opens where the unread messages begin; there are never more rows than fit', async () => {
  const page = await openAsVisitor(browser, server.url, desktop);
  await openConversation(page, 'Lark · Product');
  await page.getByText('New messages').waitFor();
  await page.locator(by('message')).filter({ hasText: 'the release candidate is built' }).waitFor();
  await page.locator(by('timeline')).hover();
  for (let turn = 0; turn < 30; turn++) {
    await page.mouse.wheel(0, -2_000);
    expect(await rowsIn(page)).toBeLessThan(80);
  }
  await page.context().close();
});

test('[C9, O1] on a phone, too, it begins under the line of the new messages, and stays so while older ones come in', async () => {
  const page = await openAsVisitor(browser, server.url, phone);
  await openConversation(page, '一家人 🏮');
  const timeline = page.locator(by('timeline'));
  // A page of older ones has come above.
  await expect.poll(() => timeline.evaluate((list) => list.scrollHeight), { timeout: 20_000 }).toBeGreaterThan(5_000);
  const isInView = async () => {
    const [line, view] = await Promise.all([page.locator(by('unread-divider')).boundingBox(), timeline.boundingBox()]);
    return line !== null && view !== null && line.y >= view.y && line.y < view.y + view.height;
  };
  await expect.poll(isInView, { timeout: 20_000 }).toBe(true);
  await page.context().close();
});

test('[O1] three columns on a desktop, whose third stays; one on a phone, with a way back', async () => {
  const wide = await openAsVisitor(browser, server.url, desktop);
  await openConversation(wide, '一家人 🏮');
  await wide.click(by('group-info'));
  await wide.waitForSelector(by('group-panel'));
  await openConversation(wide, '设计评审');
  await wide.waitForSelector(by('group-panel'));
  await wide.locator(by('panel-close')).click();
  expect(await wide.evaluate('document.activeElement.dataset.testid')).toBe('group-info');
  await wide.context().close();

  const narrow = await openAsVisitor(browser, server.url, phone);
  await openConversation(narrow, '设计评审');
  expect(await narrow.locator(by('people-search')).isVisible()).toBe(false);
  await narrow.goBack();
  await narrow.locator(by('people-search')).waitFor();
  expect(await narrow.locator(by('timeline')).count()).toBe(0);
  await narrow.context().close();
});

test('[O1] a finger finds every button of a phone: 40 px, whatever one sees of it', async () => {
  const page = await openAsVisitor(browser, server.url, phone);
  const tooSmall = () => page.evaluate(smallTargets);
  const found: Record<string, string[]> = { conversations: await tooSmall() };
  await openConversation(page, 'Lark · Product');
  found.conversation = await tooSmall();
  await page.click(by('group-info'));
  await page.locator(by('member')).nth(2).waitFor();
  found.group = await tooSmall();
  await page.context().close();
  expect(Object.fromEntries(Object.entries(found).filter(([, buttons]) => buttons.length > 0))).toEqual({});
});
