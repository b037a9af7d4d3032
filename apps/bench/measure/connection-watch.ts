import { performance } from 'node:perf_hooks';
import type { Door } from '../client/link.ts';

const SAMPLE_MS = 250;
const ANSWER_TIMEOUT_MS = 2_000;

/** How many connections each gateway had, so long after the fault; 0 of one that does not answer. */
export interface Spread {
  atMs: number;
  connections: number[];
}

/** Asks gateways all the time how many connections they have. */
export class ConnectionWatch {
  readonly spreads: Spread[] = [];
  readonly #doors: readonly Door[];
  readonly #intervalMs: number;
  #timer: NodeJS.Timeout | undefined;
  #zeroMs = performance.now();

  constructor(doors: readonly Door[], intervalMs = SAMPLE_MS) {
    this.#doors = doors;
    this.#intervalMs = intervalMs;
  }

  start(): void {
    this.#timer = setInterval(() => void this.#sample(), this.#intervalMs);
  }

  /** Times are said from here on, and those before become negative. */
  markFault(): void {
    const sinceMs = Math.round(performance.now() - this.#zeroMs);
    for (const spread of this.spreads) spread.atMs -= sinceMs;
    this.#zeroMs = performance.now();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #sample(): Promise<void> {
    const askedMs = performance.now();
    const connections = await Promise.all(this.#doors.map(connectionsAt));
    this.spreads.push({ atMs: Math.round(askedMs - this.#zeroMs), connections });
    this.spreads.sort((one, other) => one.atMs - other.atMs);
  }
}

async function connectionsAt({ port }: Door): Promise<number> {
  try {
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`, { signal })).text();
    return Number(/^hongyan_gateway_connections (\d+)$/m.exec(metrics)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
