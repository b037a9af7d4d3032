import { setTimeout as wait } from 'node:timers/promises';
import type { Door, Target } from './link.ts';

/** As the SDK does (CON-10, CON-11). */
const ASK_TIMEOUT_MS = 3_000;
const QUEUE_JITTER_MS = 1_000;

export interface WayParts {
  target: Target;
  /** Of the client; where it goes at first. */
  index: number;
  accessToken: string;
}

type Allocation =
  | { status: 'allocated'; gateways: { url: string; tcpPort?: number }[] }
  | { status: 'queued'; retryAfterMs: number; ticket?: string };

/** Which gateway a client goes to: its first one until that is of no use, then those that the server names, in turn. */
export class Way {
  readonly #parts: WayParts;
  #door: Door;
  #next: Door[] = [];

  constructor(parts: WayParts) {
    const { target, index } = parts;
    const door = target.doors[index % target.doors.length];
    if (door === undefined) throw new Error('there is no gateway');
    this.#parts = parts;
    this.#door = door;
  }

  get target(): Target {
    return { ...this.#parts.target, doors: [this.#door] };
  }

  /** The present gateway failed, or sent the client away. Waits in the line where all are full; without an answer nothing changes. */
  async turn(): Promise<void> {
    if (this.#parts.target.doors.length < 2) return;
    if (this.#next.length === 0) this.#next = await this.#ask().catch(() => []);
    this.#door = this.#next.shift() ?? this.#door;
  }

  async #ask(): Promise<Door[]> {
    const { accessToken, target } = this.#parts;
    let ticket: string | undefined;
    while (true) {
      const response = await fetch(`http://127.0.0.1:${target.apiPort}/v1/gateways`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
        body: JSON.stringify({ ticket }),
        signal: AbortSignal.timeout(ASK_TIMEOUT_MS),
      });
      if (response.status !== 200) return [];
      const allocation = (await response.json()) as Allocation;
      if (allocation.status === 'allocated') return allocation.gateways.map(doorOf);
      ticket = allocation.ticket;
      await wait(allocation.retryAfterMs + Math.random() * QUEUE_JITTER_MS);
    }
  }
}

const doorOf = ({ url, tcpPort = 0 }: { url: string; tcpPort?: number }): Door => ({
  port: Number(new URL(url).port),
  tcpPort,
});
