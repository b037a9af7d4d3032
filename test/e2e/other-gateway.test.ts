import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { freePort } from '../../packages/server/testing/free-port.ts';
import { Cluster } from '../allocation/kit/cluster.ts';
import { by, launchBrowser, Person } from './kit/browser.ts';
import { PlainHttpProxy } from './kit/plain-http-proxy.ts';

const web = new URL('../../apps/web/dist', import.meta.url).pathname;

let cluster: Cluster;
let browser: Browser;
beforeAll(async () => {
  [cluster, browser] = await Promise.all([Cluster.create(), launchBrowser()]);
});
beforeEach(() => cluster.begin());
afterEach(() => cluster.end());
afterAll(async () => {
  await browser?.close();
  await cluster?.dispose();
});

test('[A6, F1, L1] a page talks to a gateway that is another origin, by long polling and by WebSocket once that gets through', async () => {
  const port = await freePort();
  const proxy = await PlainHttpProxy.to(port);
  await cluster.gateway({ port: String(port), publicUrl: proxy.url });
  const { url } = await cluster.api({ web });
  const [anna, boris] = await Promise.all([
    Person.open(browser, url, 'anna.elsewhere'),
    Person.open(browser, url, 'boris.elsewhere'),
  ]);
  await Promise.all([anna.signUp('Anna'), boris.signUp('Boris')]);
  await anna.openConversationWith(boris.handle);
  await anna.write('over plain requests');
  await boris.openConversationWith(anna.handle);
  await boris.sees('over plain requests');
  expect(proxy.answered.get('POST poll')).toBeGreaterThanOrEqual(2);
  expect(proxy.upgradesAllowed).toBe(0);
  proxy.allowsUpgrades = true;
  await anna.page.reload();
  await anna.openConversationWith(boris.handle);
  await anna.write('over a WebSocket');
  await boris.sees('over a WebSocket');
  await anna.sees('over a WebSocket', 'read');
  expect(proxy.upgradesAllowed).toBeGreaterThan(0);
  proxy.dispose();
});

test('[A6, CON-11] where the gateway is full the page says how many are before one, also to who cannot see it', async () => {
  await cluster.gateway({ connectionsMax: '1' });
  const { url } = await cluster.api({ web });
  const [first, second, third] = await Promise.all(
    ['first', 'second', 'third'].map((name) => Person.open(browser, url, `${name}.full`)),
  );
  if (!first || !second || !third) throw new Error('three people came');
  await first.signUp('First');
  // The banner says nothing then, and is folded.
  await first.page.waitForSelector(`${by('connection-banner')}[data-status="online"]`, { state: 'attached' });
  await second.signUp('Second');
  await second.connectionIs('queued');
  await third.signUp('Third');
  await third.connectionIs('queued');
  const banner = third.page.locator(by('connection-banner'));
  await banner.getByText('Waiting for a place: 1 before you.').first().waitFor();
  expect(await banner.getByRole('status').textContent()).toBe('Waiting for a place: 1 before you.');
  expect(await second.page.locator(by('connection-banner')).textContent()).toContain('you are next');
});
