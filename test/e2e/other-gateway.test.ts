import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Cluster, freePort } from '../allocation/kit/cluster.ts';
import { launchBrowser, Person } from './kit/browser.ts';
import { PlainHttpProxy } from './kit/plain-http-proxy.ts';

const web = new URL('../../apps/web/dist', import.meta.url).pathname;

let cluster: Cluster;
let browser: Browser;
beforeAll(async () => {
  [cluster, browser] = await Promise.all([Cluster.create(), launchBrowser()]);
  cluster.begin();
});
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
