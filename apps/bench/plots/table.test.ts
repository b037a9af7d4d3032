import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readMeasured } from '../measured/read.ts';
import { tableOf, withTable } from './table.ts';

const PERFORMANCE = new URL('../../../docs/performance.md', import.meta.url);

test('[M7] the table in docs/performance.md is that of the results that are kept, and none has a broken number', () => {
  const text = readFileSync(PERFORMANCE, 'utf8');
  const table = tableOf(readMeasured());
  expect(withTable(text, table)).toBe(text);
  expect(table).not.toMatch(/NaN|undefined|\[object/);
});

test('[M7] a row has the command, what came of it, and what each part used', () => {
  const result = {
    ...{ scenario: 'direct', seconds: 10, messagesPerSecond: 1_000, latencyMs: { p50: 1.4, p99: 9.6 } },
    used: { server: { cpuSeconds: 0.4 }, api: { cpuSeconds: 1 } },
  };
  const command = 'npm run bench -- --scenario direct --transport ws';
  const table = tableOf([{ name: 'direct-ws', command, measuredOn: '2026-11-21', result }]);
  expect(table).toContain('| `direct --transport ws` | 1,000 messages/s, 1 / 10 ms | server 40.0 µs |');
});
