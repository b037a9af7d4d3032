import type { ErrorCode } from '@hongyan/protocol';
import type { Observation } from '../../../packages/testkit/observation.ts';

/** Some things that are waited for cannot be observed: a client's own state is looked at this often. */
const LOOK_AGAIN_MS = 200;

/** What has been seen of a run, for those who wait for more of it. */
export class Sightings {
  /** Messages that the server said it has. */
  acknowledged = 0;
  /** Connections that ended, for whatever reason. */
  connectionsOver = 0;
  /** Commands that were answered with an error. */
  refused = 0;
  readonly #complaints: () => readonly string[];
  readonly #refusedByCode = new Map<ErrorCode, number>();
  readonly #checks = new Set<() => void>();

  /** Nobody waits on in a run that has broken a promise. */
  constructor(complaints: () => readonly string[]) {
    this.#complaints = complaints;
  }

  saw(observation: Observation): void {
    if (observation.kind === 'sent') this.acknowledged += 1;
    if (observation.kind === 'connection-over') this.connectionsOver += 1;
    if (observation.kind === 'frames-received') {
      for (const { frame } of observation.frames) {
        const body = frame?.case === 'reply' ? frame.value.body : undefined;
        if (body?.case !== 'error') continue;
        this.refused += 1;
        this.#refusedByCode.set(body.value.code, this.#refusedWith(body.value.code) + 1);
      }
    }
    for (const check of [...this.#checks]) check();
  }

  /** Resolves when `holds`: asked now, after everything that is seen, and now and then. Rejects when the judge complains. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const complaints = this.#complaints();
        if (complaints.length === 0 && !holds()) return;
        clearInterval(timer);
        this.#checks.delete(check);
        if (complaints.length === 0) resolve();
        else reject(new Error(complaints.join('\n')));
      };
      const timer = setInterval(check, LOOK_AGAIN_MS);
      this.#checks.add(check);
      check();
    });
  }

  moreAcknowledged(count: number): Promise<void> {
    const wanted = this.acknowledged + count;
    return this.until(() => this.acknowledged >= wanted);
  }

  /** So many more commands were refused with `code`. */
  moreRefused(count: number, code: ErrorCode): Promise<void> {
    const wanted = this.#refusedWith(code) + count;
    return this.until(() => this.#refusedWith(code) >= wanted);
  }

  #refusedWith(code: ErrorCode): number {
    return this.#refusedByCode.get(code) ?? 0;
  }
}
