import { setTimeout as wait } from 'node:timers/promises';
import type { Door, Target } from './link.ts';

/** As the SDK does (CON-10, CON-11). */
const ASK_TIMEOUT_MS = 3_000;
const QUEUE_JITTER_MS = 1_000;
/** As many as a server names. */
const LIST_LENGTH = 3;

export interface GatewayListParts {
  target: Target;
  /** Of the client; where it goes at first. */
  index: number;
  accessToken: string;
}

type Allocation =
  | { status: 'allocated'; gateways: { url: string; tcpPort?: number }[] }
  | { status: 'queued'; retryAfterMs: number; ticket?: string };

/** Why a client does not stay where it is. */
export type Turn = 'failed' | 'sent-away';

/** Which gateway a client goes to: of a list the first that takes it; the server is asked for another when none does, or when one sent it away. */
export class GatewayList {
  readonly #parts: GatewayListParts;
  #doors: readonly Door[];
  /** Which one of the list. */
  #at = 0;

  constructor(parts: GatewayListParts) {
    const { doors } = parts.target;
    if (doors.length === 0) throw new Error('there is no gateway');
    this.#parts = parts;
    this.#doors = listFrom(doors, parts.index);
  }

  get target(): Target {
    return { ...this.#parts.target, doors: this.#doors.slice(this.#at, this.#at + 1) };
  }

  /** Waits in the line where all are full; while the server does not answer, the list goes round. */
  async turn(why: Turn): Promise<void> {
    if (this.#parts.target.doors.length < 2) return;
    const isLast = this.#at + 1 >= this.#doors.length;
    const asked = why === 'sent-away' || isLast ? await this.#ask().catch(() => []) : [];
    if (asked.length > 0) this.#doors = asked;
    this.#at = asked.length > 0 ? 0 : (this.#at + 1) % this.#doors.length;
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

/** As a server would have answered: gateways are first for as many each, and behind that in any order. */
function listFrom(doors: readonly Door[], index: number): Door[] {
  const first = index % doors.length;
  const others = doors.filter((_, at) => at !== first).map((door) => ({ door, place: Math.random() }));
  const behind = others.sort((one, other) => one.place - other.place).map(({ door }) => door);
  return [...doors.slice(first, first + 1), ...behind].slice(0, LIST_LENGTH);
}

const doorOf = ({ url, tcpPort = 0 }: { url: string; tcpPort?: number }): Door => ({
  port: Number(new URL(url).port),
  tcpPort,
});
