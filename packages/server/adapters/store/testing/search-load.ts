import type { Store } from '@hongyan/core/ports';
import { DEFAULT_LIMITS, encodeText, type Search } from '@hongyan/protocol';
import { search } from '../../../logic/search.ts';
import { message } from './message.ts';
import { type Language, SearchTexts } from './search-texts.ts';

const DAY_MS = 86_400_000;
const STEP = 256;
const APPENDS_AT_ONCE = 500;
const pad = (at: number) => String(at).padStart(16, '0');
const searcher = `u${pad(0)}`;

export interface SearchLoadSize {
  conversationCount: number;
  /** In how many of them the one who searches is. */
  ownCount: number;
  messagesEach: number;
  languages: readonly Language[];
}

/** What search is measured with: direct conversations that all go on at the same time, over a year. */
export class SearchLoad {
  readonly #texts = new SearchTexts();
  readonly #size: SearchLoadSize;

  constructor(size: SearchLoadSize) {
    this.#size = size;
  }

  /** Seconds that it took. */
  async fill(store: Store): Promise<number> {
    const { conversationCount, messagesEach, languages } = this.#size;
    const startMs = performance.now();
    for (let round = 0; round < messagesEach; round++) {
      for (let from = 0; from < conversationCount; from += APPENDS_AT_ONCE) {
        const count = Math.min(APPENDS_AT_ONCE, conversationCount - from);
        await Promise.all(
          Array.from({ length: count }, (_, at) => {
            const language = languages[(from + at + round) % languages.length] ?? 'English';
            return this.#append(store, from + at, round, this.#texts.message(language));
          }),
        );
      }
    }
    return (performance.now() - startMs) / 1_000;
  }

  /** How many entries a second the store takes into the index when it does nothing else, and how long the steps take. */
  async index(store: Store) {
    const startMs = performance.now();
    const stepsMs: number[] = [];
    let passed = 0;
    for (let count = -1; count !== 0; passed += count) {
      const stepMs = performance.now();
      count = await store.search.index(STEP);
      stepsMs.push(performance.now() - stepMs);
    }
    return { 'entries/s': Math.round((passed / (performance.now() - startMs)) * 1_000), ...figuresOf(stepsMs) };
  }

  /** Searches for words that are more and less frequent, again and again. */
  async searches(store: Store, repetitions: number) {
    const word = (language: Language, rank: number) => this.#texts.word(language, rank);
    const asked: Record<string, Partial<Search>> = {
      'Chinese, one character, frequent': { text: word('Chinese', 3) },
      'Chinese, two characters': { text: word('Chinese', 250) },
      'Chinese, rare': { text: word('Chinese', 15_000) },
      'Chinese, two words': { text: `${word('Chinese', 210)} ${word('Chinese', 230)}` },
      'English, frequent': { text: `"${word('English', 5)}"` },
      'English, rare': { text: `"${word('English', 15_000)}"` },
      'English, one letter': { text: word('English', 5).slice(0, 1) },
      'English, a beginning': { text: word('English', 300).slice(0, 3) },
      'not there': { text: 'zzzzzzzzzz' },
      'links of a person': { kinds: [2], senderIds: [searcher] },
      'a word on one day': { text: word('English', 5), fromMs: 100 * DAY_MS, toMs: 101 * DAY_MS },
    };
    const rows: Record<string, object> = {};
    for (const [name, fields] of Object.entries(asked)) {
      const timesMs: number[] = [];
      let hitCount = 0;
      for (let count = 0; count < repetitions; count++) {
        const startMs = performance.now();
        const page = await search({ store, clock, limits: DEFAULT_LIMITS }, searcher, { ...nothing, ...fields });
        timesMs.push(performance.now() - startMs);
        hitCount = page.hits.length;
      }
      rows[name] = { hits: hitCount, ...figuresOf(timesMs) };
    }
    return rows;
  }

  #append(store: Store, at: number, round: number, text: string): Promise<unknown> {
    const { ownCount, messagesEach } = this.#size;
    const others = [`u${pad(2 * at + 1)}`, `u${pad(2 * at + 2)}`] as const;
    const members = at < ownCount ? [searcher, others[0]] : others;
    const serverTimeMs = Math.floor((round / messagesEach) * 365 * DAY_MS) + at;
    return store.log.append(
      message(`${at}-${round}`, {
        ...{ conversationId: `direct.${members.join('.')}`, members, serverTimeMs },
        ...{ senderId: members[round % 2] ?? searcher, body: encodeText(text) },
      }),
    );
  }
}

const clock = { now: () => Date.now(), schedule: () => () => {} };
const nothing: Search = { text: '', conversationIds: [], senderIds: [], kinds: [], fromMs: 0, toMs: 0, limit: 20 };

function figuresOf(timesMs: readonly number[]) {
  const sorted = timesMs.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  return { 'p50 ms': at(0.5), 'p99 ms': at(0.99), 'max ms': (sorted.at(-1) ?? 0).toFixed(1) };
}
