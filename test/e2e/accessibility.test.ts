import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsOn } from './kit/axe.ts';
import { by, launchBrowser } from './kit/browser.ts';
import { type Look, openAsVisitor, openConversation, openPage, serveDemoWorld } from './kit/demo-world.ts';
import type { ServerProcess } from './kit/server-process.ts';

let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([serveDemoWorld(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

/** Every two of device, theme and language meet: colours depend on the theme, room on the device, words on the language. */
const looks: Look[] = [
  { device: 'desktop', theme: 'light', locale: 'en' },
  { device: 'desktop', theme: 'dark', locale: 'zh' },
  { device: 'phone', theme: 'light', locale: 'zh' },
  { device: 'phone', theme: 'dark', locale: 'en' },
];

/** The screens in the order in which one comes to them. */
const screens: [name: string, goTo: (page: Page) => Promise<unknown>][] = [
  ['conversations', async () => {}],
  [
    'people',
    async (page) => {
      await page.fill(by('people-search'), 'an');
      await page.waitForSelector(by('person-result'));
    },
  ],
  [
    'settings',
    async (page) => {
      await page.fill(by('people-search'), '');
      await page.click(by('settings-open'));
      await page.getByRole('dialog').waitFor();
    },
  ],
  [
    'new group',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.click(by('group-new'));
      await page.waitForSelector(by('group-name'));
    },
  ],
  [
    'conversation',
    async (page) => {
      await page.keyboard.press('Escape');
      await openConversation(page, 'Lark · Product');
    },
  ],
  [
    'menu',
    async (page) => {
      await page.locator(by('message')).last().focus();
      await page.keyboard.press('Enter');
      await page.waitForSelector(by('message-menu'));
    },
  ],
  [
    'forwarding',
    async (page) => {
      await page.click(by('message-forward'));
      await page.waitForSelector(by('forward-target'));
    },
  ],
  [
    'emoji',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.locator(by('emoji-open')).first().click();
      await page.locator('emoji-picker').waitFor();
    },
  ],
  [
    'group',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.click(by('group-info'));
      await page.locator(by('member')).nth(2).waitFor();
    },
  ],
];

test.each(looks)('[O1] nobody is kept out: $device, $theme, $locale', { timeout: 180_000 }, async (look) => {
  const found: Record<string, string[]> = {};
  const entrance = await openPage(browser, server.url, look);
  found.entrance = await violationsOn(entrance);
  await entrance.context().close();
  const page = await openAsVisitor(browser, server.url, look);
  for (const [name, goTo] of screens) {
    await goTo(page);
    found[name] = await violationsOn(page);
  }
  await page.context().close();
  expect(Object.fromEntries(Object.entries(found).filter(([, violations]) => violations.length > 0))).toEqual({});
});
