import type { DeviceId, UserId } from '@hongyan/protocol';
import { createCheckers, type Settled, type Violation } from '../../../packages/testkit/checkers/index.ts';
import type { Observation } from '../../../packages/testkit/observation.ts';
import { Referee } from '../../../packages/testkit/system/referee.ts';
import { Trace } from '../../../packages/testkit/trace.ts';

const TRACE_LINES = 60;

/** The simulator's referee and checkers, shown a real run. */
export class RealJudge {
  readonly #owners = new Map<DeviceId, UserId>();
  readonly #trace = new Trace(() => Math.round(performance.now()), TRACE_LINES);
  readonly #referee: Referee;

  constructor() {
    const clock = { now: () => performance.now(), schedule: () => () => {} };
    this.#referee = new Referee(
      createCheckers((deviceId) => this.#owners.get(deviceId) ?? ''),
      clock,
      this.#trace,
    );
  }

  readonly observe = (observation: Observation): void => this.#referee.observe(observation);

  /** Whose device that is has to be known before anything is seen of it. */
  owns(userId: UserId, deviceId: DeviceId): void {
    this.#owners.set(deviceId, userId);
  }

  /** Leaves a line in the trace. */
  note(line: string): void {
    this.#trace.write(line);
  }

  audit({ logs, cursors }: Pick<Settled, 'logs' | 'cursors'>): void {
    this.#referee.audit(logs, cursors);
  }

  outstanding(settled: Settled): string[] {
    return this.#referee.outstanding(settled).map(({ promise, message }) => `${promise}: ${message}`);
  }

  get violations(): readonly Violation[] {
    return this.#referee.violations;
  }

  /** Everything it complained of, and what happened last; empty when there was nothing. */
  get complaints(): string[] {
    return this.violations.map(({ promise, message }) => `${promise}: ${message}`);
  }

  get trace(): string[] {
    return this.#trace.tail();
  }
}
