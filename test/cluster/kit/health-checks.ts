const INTERVAL_MS = 1_000;
const TIMEOUT_MS = 1_000;
/** One late answer of a busy machine is no sickness. */
const FAILURES_MAX = 2;

/** Asks gateways how they are, as an operator's balancer does. */
export class HealthChecks {
  readonly #failures = new Map<number, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(ports: readonly number[]) {
    this.#timer = setInterval(() => {
      for (const port of ports) void this.#check(port);
    }, INTERVAL_MS);
  }

  readonly isHealthy = (port: number): boolean => (this.#failures.get(port) ?? 0) < FAILURES_MAX;

  close(): void {
    clearInterval(this.#timer);
  }

  async #check(port: number): Promise<void> {
    const isWell = await answersWell(port);
    this.#failures.set(port, isWell ? 0 : (this.#failures.get(port) ?? 0) + 1);
  }
}

async function answersWell(port: number): Promise<boolean> {
  try {
    const url = `http://127.0.0.1:${port}/healthz`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), headers: { connection: 'close' } });
    return answer.ok;
  } catch {
    return false;
  }
}
