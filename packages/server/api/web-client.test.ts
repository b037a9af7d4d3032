import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApi } from '../testing/api.ts';

let web = '';
beforeAll(async () => {
  web = await mkdtemp(join(tmpdir(), 'hongyan-web-'));
  await mkdir(join(web, 'assets'));
  await writeFile(join(web, 'index.html'), '<!doctype html><title>client</title>');
  await writeFile(join(web, 'assets', 'app-1a2b.js'), 'export {};');
  await writeFile(join(web, '.secret'), 'not for the web');
});
afterAll(() => rm(web, { recursive: true }));

const asPage = { accept: 'text/html,application/xhtml+xml' };

test('[O1] the client is served, hashed files for ever and the rest anew', async () => {
  const { api } = await createTestApi({ config: { web } });
  const page = await api.inject({ url: '/', headers: asPage });
  expect([page.statusCode, page.headers['cache-control']]).toEqual([200, 'no-cache']);
  expect(page.body).toContain('<title>client</title>');
  const asset = await api.inject('/assets/app-1a2b.js');
  expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(asset.headers['content-type']).toContain('javascript');
});

test("[O1] a page's own address opens the client", async () => {
  const { api } = await createTestApi({ config: { web } });
  const answer = await api.inject({ url: '/chats/somebody?tab=1', headers: asPage });
  expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-cache']);
  expect(answer.body).toContain('<title>client</title>');
});

test.each([
  ['a missing asset', { url: '/assets/old-9z.js', headers: asPage }],
  ['a missing call', { url: '/v1/nothing', headers: asPage }],
  ['what is not asked for as a page', { url: '/chats' }],
  ['a hidden file', { url: '/.secret' }],
  ['what lies outside', { url: '/assets/..%2f..%2fpackage.json' }],
  ['another method', { method: 'POST' as const, url: '/', headers: asPage }],
])('[P9] %s is not the client', async (_what, request) => {
  const { api } = await createTestApi({ config: { web } });
  const answer = await api.inject(request);
  expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  expect(answer.json().code).toMatch(/^(not-found|invalid-input)$/);
});

test('[O1] without a built client a page says how to build it', async () => {
  const { api } = await createTestApi({ config: { web: join(web, 'nowhere') } });
  const answer = await api.inject({ url: '/', headers: asPage });
  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain('npm start');
});

test('[P9] pages run only what this server serves', async () => {
  const { api } = await createTestApi({ config: { web } });
  const { headers } = await api.inject({ url: '/', headers: asPage });
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("connect-src 'self' ws: wss: http: https:;");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('upgrade-insecure-requests');
  expect(headers['x-content-type-options']).toBe('nosniff');
});
