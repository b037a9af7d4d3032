import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openSqliteStore } from './index.ts';
import { temporaryDirectory } from './testing/directory.ts';

const program = fileURLToPath(new URL('./testing/append-forever.ts', import.meta.url));
const LINES_BEFORE_KILL = 2000;

test('[LOG-1] [LOG-3] after kill -9 everything acknowledged is there, in its place, once, and without holes', async () => {
  await using directory = await temporaryDirectory();
  const child = spawn(process.execPath, [program, directory.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === LINES_BEFORE_KILL) child.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);

  const store = await openSqliteStore({ directory: directory.path });
  const kept: string[] = [];
  for (const conversationId of ['c0', 'c1', 'c2']) {
    const all = Number.MAX_SAFE_INTEGER;
    const window = { conversationId, afterSeq: 0, beforeSeq: all, limit: 1_000_000, bytesMax: all };
    const entries = await store.log.read({ ...window, from: 'oldest' });
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, at) => at + 1));
    expect((await store.log.head(conversationId))?.lastSeq).toBe(entries.length);
    kept.push(...entries.map((entry) => `${conversationId} ${entry.seq} ${entry.clientMessageId}`));
  }
  await store.close();
  expect(new Set(kept.map((line) => line.split(' ')[2])).size).toBe(kept.length);
  const keptLines = new Set(kept);
  expect(acknowledged.filter((line) => !keptLines.has(line))).toEqual([]);
});
