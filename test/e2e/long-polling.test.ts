import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, Person } from './kit/browser.ts';
import { PlainHttpProxy } from './kit/plain-http-proxy.ts';
import { ServerProcess } from './kit/server-process.ts';

let server: ServerProcess;
let proxy: PlainHttpProxy;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([ServerProcess.create(), launchBrowser()]);
  proxy = await PlainHttpProxy.to(server.port);
});
afterAll(async () => {
  await browser?.close();
  proxy?.dispose();
  await server?.dispose();
});

test('[POL-11, A1, C1, C7, F4] behind a proxy for plain HTTP only, two people sign up, talk, and see what was read', async () => {
  const anna = await Person.open(browser, proxy.url, 'anna.polls');
  const boris = await Person.open(browser, proxy.url, 'boris.polls');
  await anna.signUp('Anna');
  await boris.signUp('Boris');
  await anna.openConversationWith(boris.handle);
  await boris.openConversationWith(anna.handle);
  await anna.write('through the needle’s eye');
  await boris.sees('through the needle’s eye');
  await anna.sees('through the needle’s eye', 'read');
  await boris.write('and back');
  await anna.sees('and back');
  expect(proxy.upgradesAllowed).toBe(0);
  expect(proxy.upgradesRefused).toBeGreaterThanOrEqual(2);
});
