import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { clientStoreContract } from './contract.ts';
import { FileStore } from './file.ts';

const root = mkdtempSync(join(tmpdir(), 'hongyan-file-store-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folders = 0;
const newFolder = () => {
  folders += 1;
  return join(root, String(folders));
};

clientStoreContract('file', () => {
  const folder = newFolder();
  return { open: () => new FileStore(folder), survivesRestart: true };
});

test('[SYN-6] a last line that the program died in is not there, and what follows it is whole', async () => {
  const folder = newFolder();
  const me = { userId: 'u', deviceId: 'd', handle: 'anna', displayName: 'Anna', statusLine: '' };
  const session = { me, accessToken: 'a', accessTokenExpiresAtMs: 1, refreshToken: 'r' };
  const first = new FileStore(folder);
  await first.saveSession(session);
  await first.close();
  appendFileSync(join(folder, 'account.jsonl'), '{"type":"batch","batch":{"entr');
  const second = new FileStore(folder);
  await second.saveSession({ ...session, refreshToken: 'r2' });
  await second.close();
  const third = new FileStore(folder);
  expect(await third.session()).toEqual({ ...session, refreshToken: 'r2' });
  await third.close();
});
