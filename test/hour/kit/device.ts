import type { Browser, ConsoleMessage, Locator } from 'playwright-core';
import { by, Person } from '../../e2e/kit/browser.ts';
import { storedText } from './in-page/stored-text.mjs';

/** What a person does waits no longer than this for the screen. */
const PATIENCE_MS = 10_000;

/** Of a timeline that shows the same for so many steps of the wheel the beginning is reached. */
const STILL_MAX = 25;

export interface Shown {
  text: string;
  state: string;
  /** Each with how many there are of it. */
  reactions: string[];
}

/** A browser profile in which somebody is signed in. */
export class Device {
  readonly name: string;
  readonly person: Person;
  /** What the page complained of, but for a network that is not there. */
  readonly complaints: string[] = [];
  isOnline = true;

  private constructor(name: string, person: Person) {
    this.name = name;
    this.person = person;
    const { page } = person;
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => this.#heard(message));
  }

  static async open(browser: Browser, url: string, handle: string, name: string): Promise<Device> {
    return new Device(name, await Person.open(browser, url, handle));
  }

  get page() {
    return this.person.page;
  }

  async setOnline(isOnline: boolean): Promise<void> {
    this.isOnline = isOnline;
    await this.person.context.setOffline(!isOnline);
  }

  /** A slow network, or the usual one. */
  async setSlow(isSlow: boolean): Promise<void> {
    const session = await this.person.context.newCDPSession(this.page);
    await session.send('Network.enable');
    const slow = { latency: 400, downloadThroughput: 20_000, uploadThroughput: 10_000 };
    const usual = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    await session.send('Network.emulateNetworkConditions', { offline: false, ...(isSlow ? slow : usual) });
    await session.detach();
  }

  /** Whether a conversation is open in which one can write. */
  isWriting(): Promise<boolean> {
    return this.page.locator(by('composer-input')).isVisible();
  }

  /** Of the list of conversations. */
  item(title: string): Locator {
    const name = this.page.getByText(title, { exact: true });
    return this.page.locator(by('conversation-item')).filter({ has: name }).first();
  }

  async openConversation(title: string): Promise<void> {
    await this.item(title).click();
    await this.page.locator('h1').filter({ hasText: title }).waitFor();
    await this.page.waitForSelector(by('composer-input'));
  }

  /** The messages that are on the screen now. */
  async shown(): Promise<Map<string, Shown>> {
    const messages = await this.page.locator(by('message')).evaluateAll((items) =>
      items.map((item) => ({
        id: item.getAttribute('data-id') ?? '',
        text: item.querySelector('.bubble > .body')?.textContent?.trim() ?? '',
        state: item.getAttribute('data-state') ?? '',
        reactions: [...item.querySelectorAll('[data-testid="reaction"]')]
          .map(({ textContent }) => textContent ?? '')
          .sort(),
      })),
    );
    return new Map(messages.map(({ id, ...shown }) => [id, shown]));
  }

  /** All that the open conversation shows, from its first message to its last; each by its id. */
  async wholeConversation(): Promise<Map<string, Shown>> {
    const whole = new Map<string, Shown>();
    const timeline = this.page.locator(by('timeline'));
    const take = async () => {
      for (const [id, shown] of await this.shown()) whole.set(id, shown);
    };
    const jump = this.page.locator(by('jump-latest'));
    if (await jump.isVisible()) await jump.click();
    await timeline.hover();
    for (let still = 0, last = ''; still < STILL_MAX; ) {
      await take();
      await this.page.mouse.wheel(0, -600);
      await this.page.waitForTimeout(60);
      const first = await this.page.locator(by('message')).first().getAttribute('data-id');
      still = first === last ? still + 1 : 0;
      last = first ?? '';
    }
    return whole;
  }

  /** The text of everything that the browser keeps of this page. */
  storedText(): Promise<string> {
    return this.page.evaluate(storedText);
  }

  #heard(message: ConsoleMessage): void {
    const text = message.text();
    if (message.type() !== 'error' || /net::ERR|WebSocket connection|Failed to load resource/.test(text)) return;
    this.complaints.push(text);
  }
}
