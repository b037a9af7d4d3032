import type { Store } from '@hongyan/core/ports';
import { expect } from 'vitest';
import { whole } from './message.ts';
import { conversations, owner } from './write-forever.ts';

/** What the logs hold, as `appendForever` prints it; each log without a hole and nothing twice. */
export async function keptEntries(store: Store): Promise<Set<string>> {
  const kept: string[] = [];
  for (const conversationId of conversations) {
    const entries = await store.log.read(whole(conversationId));
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, at) => at + 1));
    expect((await store.log.head(conversationId))?.lastSeq ?? 0).toBe(entries.length);
    kept.push(...entries.map((entry) => `${conversationId} ${entry.seq} ${entry.clientMessageId}`));
  }
  expect(new Set(kept.map((line) => line.split(' ')[2])).size).toBe(kept.length);
  return new Set(kept);
}

/** Each record as `changeForever` printed it or later, whole, and an event for each change. */
export async function expectRecordsKept(store: Store, acknowledged: readonly string[]): Promise<void> {
  const all = { userId: owner, afterSeq: 0, limit: 1_000_000, bytesMax: Number.MAX_SAFE_INTEGER };
  const kept = await store.records.changedSince(all);
  const events = await store.userLog.read(all);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
  expect(kept.reduce((sum, { record }) => sum + record.changedAtMs, 0)).toBe(events.length);
  for (const { seq, record } of kept) {
    const { key, changedAtMs, value } = record;
    expect(new TextDecoder().decode(value)).toBe(`${key} ${changedAtMs}`);
    expect(events[seq - 1]).toMatchObject({ seq, event: { case: 'recordChanged', value: { key, changedAtMs } } });
  }
  for (const line of acknowledged) {
    const [key, seq, changedAtMs] = line.split(' ');
    const placed = kept.find(({ record }) => record.key === key);
    expect(placed?.record.changedAtMs).toBeGreaterThanOrEqual(Number(changedAtMs));
    expect(placed?.seq).toBeGreaterThanOrEqual(Number(seq));
  }
}
