import type { Store } from '@hongyan/core/ports';
import { encodeText } from '@hongyan/protocol';
import { Indexing } from '../../../logic/indexing.ts';
import { systemClock as clock } from '../../../system.ts';
import { message } from './message.ts';
import { SearchTexts } from './search-texts.ts';

const CONVERSATIONS = 1_000;
const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** What appends take while a node indexes beside them, or nobody does, and how long afterwards everything is indexed. */
export async function appendBesideIndexing(store: Store, underWay: number, isIndexing: boolean, durationMs: number) {
  const texts = new SearchTexts();
  const indexing = isIndexing ? new Indexing({ store, clock, logger }) : undefined;
  const latenciesMs: number[] = [];
  const endMs = performance.now() + durationMs;
  const run = `${underWay} ${isIndexing}`;
  async function append(_: unknown, worker: number): Promise<void> {
    for (let count = 0; performance.now() < endMs; count++) {
      const conversationId = `c${(worker * 7_919 + count) % CONVERSATIONS}`;
      const body = encodeText(texts.message(count % 2 === 0 ? 'Chinese' : 'English'));
      const askedMs = performance.now();
      await store.log.append(message(`${run} ${worker} ${count}`, { conversationId, body }));
      latenciesMs.push(performance.now() - askedMs);
    }
  }
  await Promise.all(Array.from({ length: underWay }, append));
  await indexing?.end();
  let waitingCount = 0;
  for (let count = -1; count !== 0; waitingCount += count) count = await store.search.index(256);
  latenciesMs.sort((a, b) => a - b);
  const at = (share: number) => (latenciesMs[Math.floor(latenciesMs.length * share)] ?? 0).toFixed(1);
  return {
    ...{
      indexing: isIndexing,
      'under way': underWay,
      'appends/s': Math.round((latenciesMs.length / durationMs) * 1_000),
    },
    ...{ 'p50 ms': at(0.5), 'p99 ms': at(0.99), 'max ms': (latenciesMs.at(-1) ?? 0).toFixed(1) },
    'indexed meanwhile': latenciesMs.length - waitingCount - 1,
  };
}
