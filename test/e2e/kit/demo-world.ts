import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openWorld, PASSWORD, people, VISITOR } from '../../../apps/demo/open.ts';
import { by } from './browser.ts';
import { ServerProcess } from './server-process.ts';

/** How somebody looks at the demo world. */
export interface Look {
  device: 'desktop' | 'phone';
  theme: 'light' | 'dark';
  locale: 'en' | 'zh';
}

const sizes = {
  desktop: { viewport: { width: 1440, height: 900 }, hasTouch: false, isMobile: false },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} as const;

/** A server on a new demo world. Disposing it removes both. */
export async function serveDemoWorld(): Promise<ServerProcess> {
  const directory = join(await mkdtemp(join(tmpdir(), 'hongyan-demo-')), 'world');
  await openWorld(directory, Date.now());
  return ServerProcess.create(directory);
}

/** A page at which nobody is signed in. */
export async function openPage(browser: Browser, url: string, look: Look, scale = 1): Promise<Page> {
  const { device, theme, locale } = look;
  const context: BrowserContext = await browser.newContext({
    ...sizes[device],
    ...{
      colorScheme: theme,
      locale: locale === 'zh' ? 'zh-CN' : 'en-GB',
      deviceScaleFactor: scale,
      reducedMotion: 'reduce',
    },
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForSelector(by('auth-handle'));
  return page;
}

/** A page of the demo world's visitor, whose conversations have come. */
export async function openAsVisitor(browser: Browser, url: string, look: Look, scale?: number): Promise<Page> {
  const page = await openPage(browser, url, look, scale);
  if ((await page.locator(by('auth-name')).count()) > 0) await page.click(by('auth-switch'));
  await page.fill(by('auth-handle'), people[VISITOR].handle);
  await page.fill(by('auth-password'), PASSWORD);
  await page.click(by('auth-submit'));
  await page.locator(by('conversation-item')).nth(5).waitFor();
  return page;
}

/** Opens a conversation by its name, and waits until its messages are placed. */
export async function openConversation(page: Page, name: string): Promise<void> {
  await page
    .locator(by('conversation-item'))
    .filter({ has: page.getByText(name, { exact: true }) })
    .click();
  await page.locator(`${by('timeline')}[aria-busy="false"]`).waitFor();
}
