// How smooth long lists are in a real browser: 1,000 conversations, and a group with 100,000 messages.
// npm run bench:lists -- [directory of a world that a run left] [--profile]
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FULL_GROUP, fillFullAccount } from '@hongyan/testkit/full-account';
import type { Page } from 'playwright-core';
import { by, launchBrowser } from '../kit/browser.ts';
import { beginWatching, dragThrough, endWatching, openingMs, scrollBack } from '../kit/in-page.mjs';
import { ServerProcess } from '../kit/server-process.ts';

const account = { handle: 'reader', password: 'a long password', messages: 100_000, conversations: 1_000 };
const STEPS = 120;
const timeline = by('timeline');

const given = process.argv[2];
const directory = given ?? join(await mkdtemp(join(tmpdir(), 'hongyan-lists-')), 'world');
if (!existsSync(directory)) await fillFullAccount(directory, account);
const [server, browser] = await Promise.all([ServerProcess.create(directory), launchBrowser()]);
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
const devTools = await page.context().newCDPSession(page);
try {
  await devTools.send('Performance.enable');
  await page.goto(server.url);
  if ((await page.locator(by('auth-name')).count()) > 0) await page.click(by('auth-switch'));
  await page.fill(by('auth-handle'), account.handle);
  await page.fill(by('auth-password'), account.password);
  await felt(page, 'signing in, 1,000 conversations', async () => {
    await page.click(by('auth-submit'));
    await page.locator(by('conversation-item')).filter({ hasText: FULL_GROUP }).waitFor();
    await page.waitForTimeout(3_000);
  });
  await felt(page, 'the list of conversations by wheel', () => wheel(page, by('conversation-item'), 300));
  await felt(page, 'the list of conversations by its bar', () => drag(page, '[role=listbox]'));
  await page.reload();
  await page.locator(by('conversation-item')).filter({ hasText: FULL_GROUP }).waitFor();
  console.log(`opening the group: ${await opening(page, FULL_GROUP)} ms`);
  const others = await page.locator(by('conversation-item')).locator('span.truncate.font-semibold').allTextContents();
  const times = [];
  for (const name of others.filter((text) => text !== FULL_GROUP).slice(0, 8)) times.push(await opening(page, name));
  console.log(`switching to another conversation: ${times.join(', ')} ms`);
  console.log(`back to the group: ${await opening(page, FULL_GROUP)} ms`);
  await felt(page, 'the group by wheel', () => wheel(page, timeline, -900));
  for (const messages of [2_000, 5_000, 10_000]) {
    await felt(page, `the group back to ${messages} messages`, () => backTo(page, messages));
    await felt(page, `the group by wheel, ${messages} loaded`, () => wheel(page, timeline, 900));
    await felt(page, `the group by its bar, ${messages} loaded`, () => drag(page, timeline));
    console.log(`  rows in the page: ${await page.locator(by('message')).count()}, memory: ${await memory()} MB`);
  }
} finally {
  await browser.close();
  await server.end('SIGTERM');
}

async function felt(page: Page, what: string, task: () => Promise<void>): Promise<void> {
  const beganMs = performance.now();
  const before = await work();
  await page.evaluate(beginWatching);
  await task();
  const { frames, p50, p99, longest, longTasks, longestTask } = await page.evaluate(endWatching);
  const after = await work();
  const seconds = ((performance.now() - beganMs) / 1000).toFixed(1);
  const [script, layout] = [after.script - before.script, after.layout - before.layout];
  console.log(
    `${what}: ${seconds} s; script ${script}, layout ${layout} ms; ${frames} frames, p50 ${p50}, p99 ${p99}, longest ${longest} ms; ${longTasks} tasks > 50 ms, longest ${longestTask} ms`,
  );
}

/** Milliseconds that the page has spent so far. */
async function work(): Promise<{ script: number; layout: number }> {
  const { metrics } = await devTools.send('Performance.getMetrics');
  const of = (name: string) => Math.round((metrics.find((metric) => metric.name === name)?.value ?? 0) * 1000);
  return { script: of('ScriptDuration'), layout: of('LayoutDuration') + of('RecalcStyleDuration') };
}

async function wheel(page: Page, over: string, step: number): Promise<void> {
  await page.locator(over).first().hover();
  for (let turn = 0; turn < STEPS; turn++) {
    await page.mouse.wheel(0, step);
    await page.waitForTimeout(16);
  }
}

function drag(page: Page, list: string): Promise<void> {
  return page.locator(list).first().evaluate(dragThrough, STEPS);
}

/** Scrolls up until so many messages were loaded. */
function backTo(page: Page, messages: number): Promise<void> {
  return page.locator(timeline).evaluate(scrollBack, account.messages - messages);
}

function opening(page: Page, name: string): Promise<number> {
  const named = page.getByText(name, { exact: true });
  return page.locator(by('conversation-item')).filter({ has: named }).first().evaluate(openingMs);
}

async function memory(): Promise<number> {
  await devTools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devTools.send('Runtime.getHeapUsage');
  return Math.round(usedSize / 1024 / 1024);
}
