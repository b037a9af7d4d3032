import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPreview } from '../../packages/server/previews/find-preview.ts';
import { WebWorld } from '../../packages/server/testing/web-world.ts';
import { makeCertificate } from '../ops/kit/certificate.ts';

let directory = '';
let world: WebWorld;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hongyan-secure-page-'));
  const files = await makeCertificate(directory, ['site.example.com', '1.1.1.1']);
  const [cert, key] = await Promise.all([readFile(files.certificate), readFile(files.key)]);
  world = await WebWorld.open((serve) => createServer({ cert, key }, serve));
});

afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

const visit = (address: string) =>
  findPreview(address, { network: world, ownHosts: [], signal: new AbortController().signal });

test('[C1, P9] a secure page is read from the address that was checked, if its certificate is that of its name', async () => {
  world.html('site.example.com/', '<title>Secure</title>');
  expect(await visit('https://site.example.com/')).toMatchObject({ preview: { title: 'Secure' } });
  world.html('1.1.1.1/', '<title>Without a name</title>');
  expect(await visit('https://1.1.1.1/')).toMatchObject({ preview: { title: 'Without a name' } });
  world.html('other.example.com/', '<title>Somebody else</title>');
  const before = world.requests.length;
  expect(await visit('https://other.example.com/')).toEqual({ kind: 'none', reason: 'unreachable' });
  expect(await visit('https://9.9.9.9/')).toEqual({ kind: 'none', reason: 'unreachable' });
  expect(world.requests).toHaveLength(before);
  expect(world.connected.every((target) => target.endsWith(':443'))).toBe(true);
});
