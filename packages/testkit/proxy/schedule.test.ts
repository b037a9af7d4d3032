import { expect, test } from 'vitest';
import { SeededRandom } from '../random/seeded-random.ts';
import { line, perfectLine } from './conditions.ts';
import { FaultyProxy } from './proxy.ts';
import { type Phase, play } from './schedule.ts';

/** Nobody connects in these tests. */
const proxied = () => FaultyProxy.to({ host: '127.0.0.1', port: 1 }, new SeededRandom(1));

test('[O4] a time series takes a proxy through its phases, in order', async () => {
  const proxy = await proxied();
  const silent = line('silent');
  const phases: Phase[] = [
    { name: 'tunnel', durationMs: 1, conditions: silent },
    { name: 'station', durationMs: 1, conditions: perfectLine },
  ];
  const seen: [string, string][] = [];
  const onPhase = ({ name }: Phase) => seen.push([name, proxy.conditions.reach]);
  await play([proxy], phases, { signal: new AbortController().signal, onPhase });
  expect(seen).toEqual([
    ['tunnel', 'open'],
    ['station', 'silent'],
  ]);
  expect(proxy.conditions).toBe(perfectLine);
  await proxy.close();
});

test('[O4] a time series without end stops when it is told to, in the middle of a phase', async () => {
  const proxy = await proxied();
  const stop = new AbortController();
  function* forever(): Generator<Phase, never> {
    for (;;) yield { name: 'tunnel', durationMs: 1_000_000, conditions: line('silent') };
  }
  await play([proxy], forever(), { signal: stop.signal, onPhase: () => queueMicrotask(() => stop.abort()) });
  expect(proxy.conditions.reach).toBe('silent');
  await proxy.close();
});
