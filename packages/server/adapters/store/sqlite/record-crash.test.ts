import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openSqliteStore } from './index.ts';
import { temporaryDirectory } from './testing/directory.ts';

const program = fileURLToPath(new URL('./testing/change-forever.ts', import.meta.url));
const LINES_BEFORE_KILL = 1_000;

test('[REC-4] after kill -9 every acknowledged change is there or a later one, whole, with its event', async () => {
  await using directory = await temporaryDirectory();
  const child = spawn(process.execPath, [program, directory.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const acknowledged = new Map<string, { changedAtMs: number; seq: number }>();
  let lines = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [key = '', changedAtMs, seq] = line.split(' ');
    acknowledged.set(key, { changedAtMs: Number(changedAtMs), seq: Number(seq) });
    lines += 1;
    if (lines === LINES_BEFORE_KILL) child.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);

  const store = await openSqliteStore({ directory: directory.path });
  const all = { userId: 'ann', afterSeq: 0, limit: 1_000_000, bytesMax: Number.MAX_SAFE_INTEGER };
  const kept = await store.records.changedSince(all);
  const events = await store.userLog.read(all);
  await store.close();
  for (const { seq, record } of kept) {
    const { key, changedAtMs, value } = record;
    expect(new TextDecoder().decode(value)).toBe(`${key} ${changedAtMs}`);
    expect(changedAtMs).toBeGreaterThanOrEqual(acknowledged.get(key)?.changedAtMs ?? 0);
    expect(seq).toBeGreaterThanOrEqual(acknowledged.get(key)?.seq ?? 0);
    expect(events[seq - 1]).toMatchObject({ seq, event: { case: 'recordChanged', value: { key, changedAtMs } } });
  }
  expect(kept.map(({ record }) => record.key).sort()).toEqual([...acknowledged.keys()].sort());
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
  expect(kept.reduce((sum, { record }) => sum + record.changedAtMs, 0)).toBe(events.length);
});
