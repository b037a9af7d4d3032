import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A name for this machine that browsers do not take for localhost: an origin without the rights of HTTPS. */
export const PLAIN_HOST = 'chat.example';

/** The system's Chromium, without the connections it would open by itself. */
export function launchBrowser(also: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? candidates.find(existsSync);
  if (executablePath === undefined) throw new Error('no Chromium found; set CHROMIUM to its path');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      `--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`,
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...also,
    ],
  });
}

export const by = (testId: string) => `[data-testid="${testId}"]`;

/** One person at one browser of their own, doing what a person can do. */
export class Person {
  readonly handle: string;
  readonly context: BrowserContext;
  readonly page: Page;

  private constructor(handle: string, context: BrowserContext, page: Page) {
    this.handle = handle;
    this.context = context;
    this.page = page;
  }

  static async open(browser: Browser, url: string, handle: string): Promise<Person> {
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1200, height: 800 } });
    const page = await context.newPage();
    await page.goto(url);
    return new Person(handle, context, page);
  }

  /** Another tab of the same browser, with the newest conversation open. */
  async newTab(): Promise<Person> {
    const page = await this.context.newPage();
    await page.goto(this.page.url());
    const tab = new Person(this.handle, this.context, page);
    await tab.openNewestConversation();
    return tab;
  }

  async openNewestConversation(): Promise<void> {
    await this.page.click(by('conversation-item'));
    await this.page.waitForSelector(by('composer-input'));
  }

  async signUp(displayName: string): Promise<void> {
    const { page } = this;
    await page.waitForSelector(by('auth-handle'));
    if ((await page.locator(by('auth-name')).count()) === 0) await page.click(by('auth-switch'));
    await page.fill(by('auth-handle'), this.handle);
    await page.fill(by('auth-name'), displayName);
    await page.fill(by('auth-password'), `password of ${this.handle}`);
    await page.click(by('auth-submit'));
    await page.waitForSelector(by('people-search'));
  }

  async signIn(): Promise<void> {
    const { page } = this;
    await page.waitForSelector(by('auth-handle'));
    if ((await page.locator(by('auth-name')).count()) > 0) await page.click(by('auth-switch'));
    await page.fill(by('auth-handle'), this.handle);
    await page.fill(by('auth-password'), `password of ${this.handle}`);
    await page.click(by('auth-submit'));
    await page.waitForSelector(by('people-search'));
  }

  async openConversationWith(handle: string): Promise<void> {
    await this.page.fill(by('people-search'), handle);
    await this.page.click(`${by('person-result')}[data-handle="${handle}"]`);
    await this.page.waitForSelector(by('composer-input'));
  }

  async write(text: string): Promise<void> {
    await this.page.fill(by('composer-input'), text);
    await this.page.press(by('composer-input'), 'Enter');
  }

  /** A choice of the menu of the message with this text. */
  async choose(text: string, choice: string): Promise<void> {
    await this.message(text).click({ button: 'right' });
    await this.page.click(by(choice));
  }

  /** The message with this text. */
  message(text: string) {
    return this.page.locator(by('message')).filter({ hasText: text }).first();
  }

  /** Resolves once the message with this text is shown in one of the states. */
  async sees(text: string, ...states: string[]): Promise<void> {
    const wanted = states.map((state) => `${by('message')}[data-state="${state}"]`).join(', ') || by('message');
    await this.page.locator(wanted).filter({ hasText: text }).first().waitFor();
  }

  /** What the open conversation shows, from top to bottom. */
  messages(): Promise<{ id: string; seq: number; text: string }[]> {
    return this.page.locator(by('message')).evaluateAll((items) =>
      items.map((item) => ({
        id: item.getAttribute('data-id') ?? '',
        seq: Number(item.getAttribute('data-seq')),
        text: item.textContent ?? '',
      })),
    );
  }

  async connectionIs(status: string): Promise<void> {
    await this.page.waitForSelector(`${by('connection-banner')}[data-status="${status}"]`);
  }
}
