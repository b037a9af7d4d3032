import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  await first.begin(session);
  await first.close();
  appendFileSync(join(folder, 'account.jsonl'), '{"type":"batch","batch":{"entr');
  const second = new FileStore(folder);
  await second.saveSession({ ...session, refreshToken: 'r2' });
  await second.close();
  const third = new FileStore(folder);
  expect(await third.session()).toEqual({ ...session, refreshToken: 'r2' });
  await third.close();
});

test('[O2] a journal of a program that knew no account records is read, and records are written once however often they change', async () => {
  const folder = newFolder();
  const file = join(folder, 'account.jsonl');
  const me = { userId: 'u', deviceId: 'd', handle: 'anna', displayName: 'Anna', statusLine: '' };
  const session = { me, accessToken: 'a', accessTokenExpiresAtMs: 1, refreshToken: 'r' };
  const old = { entries: [], erased: [], conversations: [], outboxPut: [], outboxRemove: [], userSeq: 4 };
  mkdirSync(folder);
  writeFileSync(
    file,
    `${JSON.stringify({ type: 'session', session })}\n${JSON.stringify({ type: 'batch', batch: { ...old, erased: undefined } })}\n`,
  );
  const first = new FileStore(folder);
  expect(await first.load()).toMatchObject({ userSeq: 4, records: [] });
  for (let changedAtMs = 1; changedAtMs <= 20; changedAtMs++) {
    const confirmed = { changedAtMs, value: new Uint8Array(100) };
    await first.apply('d', { ...old, records: [{ key: 'setting/a', confirmed, pending: undefined }] });
  }
  await first.close();
  const second = new FileStore(folder);
  expect((await second.load())?.records).toMatchObject([{ key: 'setting/a', confirmed: { changedAtMs: 20 } }]);
  await second.close();
  expect(readFileSync(file, 'utf8').split('setting/a')).toHaveLength(2);
});

test('[MSG-21] of a message that was erased nothing is left in the file', async () => {
  const folder = newFolder();
  const file = join(folder, 'account.jsonl');
  const me = { userId: 'u', deviceId: 'd', handle: 'anna', displayName: 'Anna', statusLine: '' };
  const store = new FileStore(folder);
  await store.begin({ me, accessToken: 'a', accessTokenExpiresAtMs: 1, refreshToken: 'r' });
  const conversationId = 'self.u';
  const cursors = [{ userId: 'u', deliveredSeq: 1, readSeq: 1 }];
  const unread = { seqs: [], fromSeq: 1, before: 0 };
  const place = {
    conversationId,
    kind: 2,
    generation: 0,
    fromSeq: 1,
    toSeq: 1,
    cursors,
    lastEntry: undefined,
    unread,
  } as const;
  const body = new TextEncoder().encode('a secret');
  const times = { clientTimeMs: 1, serverTimeMs: 1 };
  const entry = { conversationId, seq: 1, kind: 1, senderId: 'u', clientMessageId: 'm', body, ...times } as const;
  const nothing = { outboxPut: [], outboxRemove: [], records: [], userSeq: 0 };
  await store.apply('d', { ...nothing, entries: [entry], erased: [], conversations: [place] });
  const secret = Buffer.from(body).toString('base64');
  expect(readFileSync(file, 'utf8')).toContain(secret);
  await store.apply('d', { ...nothing, entries: [], erased: [{ conversationId, seq: 1 }], conversations: [place] });
  expect(readFileSync(file, 'utf8')).not.toContain(secret);
  await store.close();
  const again = new FileStore(folder);
  expect(await again.entries({ conversationId, beforeSeq: 9, limit: 9 })).toMatchObject([
    { seq: 1, clientMessageId: 'm' },
  ]);
  await again.close();
});
