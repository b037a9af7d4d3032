// Takes the README's pictures: the demo world in a real browser, main screens in light and dark, English and Chinese.
// Run it with `npm run screenshots` after the web client was built.
import { writeFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { by, launchBrowser } from '../test/e2e/kit/browser.ts';
import { type Look, openAsVisitor, openConversation, serveDemoWorld } from '../test/e2e/kit/demo-world.ts';

interface Picture {
  look: Look;
  /** Brings the page to what is to be seen. */
  show: (page: Page) => Promise<void>;
}

const SCALE = 1.5;
const QUALITY = 82;

const desktop: Look = { device: 'desktop', theme: 'light', locale: 'en' };
const phone: Look = { device: 'phone', theme: 'light', locale: 'en' };

async function group(page: Page, name: string): Promise<void> {
  await openConversation(page, name);
  await page.click(by('group-info'));
  await page.locator(by('member')).nth(2).waitFor();
}

/** In this order: what is opened is read. */
const pictures: Record<string, Picture> = {
  'phone-list': { look: phone, async show() {} },
  'desktop-light': { look: desktop, show: (page) => group(page, 'Lark · Product') },
  'desktop-dark': { look: { ...desktop, theme: 'dark' }, show: (page) => group(page, 'Lark · Product') },
  'desktop-chinese': { look: { ...desktop, locale: 'zh' }, show: (page) => group(page, '一家人 🏮') },
  'message-menu': {
    look: { ...desktop, theme: 'dark' },
    async show(page) {
      await openConversation(page, 'Anna Lindqvist');
      await page.locator(by('message')).filter({ hasText: 'The legend on dark' }).click({ button: 'right' });
      await page.waitForSelector(by('message-menu'));
    },
  },
  'phone-conversation': { look: phone, show: (page) => openConversation(page, 'Lark · Product') },
  'phone-dark': {
    look: { ...phone, theme: 'dark', locale: 'zh' },
    show: (page) => openConversation(page, '一家人 🏮'),
  },
};

/** Playwright itself writes no WebP, which takes a fifth of what PNG does. */
async function take(browser: Browser, url: string, name: string, { look, show }: Picture): Promise<void> {
  const page = await openAsVisitor(browser, url, look);
  await show(page);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(1_500);
  const devTools = await page.context().newCDPSession(page);
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  const clip = { x: 0, y: 0, width, height, scale: SCALE };
  const { data } = await devTools.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY, clip });
  const bytes = Buffer.from(data, 'base64');
  await writeFile(new URL(`../docs/images/${name}.webp`, import.meta.url), bytes);
  console.log(`docs/images/${name}.webp  ${Math.round(bytes.length / 1024)} KB`);
  await page.context().close();
}

const wanted = process.argv.slice(2);
const [server, browser] = await Promise.all([serveDemoWorld(), launchBrowser()]);
try {
  for (const [name, picture] of Object.entries(pictures)) {
    if (wanted.length === 0 || wanted.includes(name)) await take(browser, server.url, name, picture);
  }
} finally {
  await browser.close();
  await server.dispose();
}
