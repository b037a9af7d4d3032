import type { Clock } from '@hongyan/core';

/** A process that can be frozen and killed: what comes to it while it sleeps is done when it wakes, and never when it died. */
export class NodeProcess {
  readonly clock: Clock;
  readonly #onDeath: () => void;
  #state: { is: 'awake' } | { is: 'asleep'; tasks: (() => void)[] } | { is: 'dead' } = { is: 'awake' };

  constructor(clock: Clock, onDeath: () => void) {
    this.#onDeath = onDeath;
    this.clock = {
      now: () => clock.now(),
      schedule: (delayMs, task) => clock.schedule(delayMs, () => this.enter(task)),
    };
  }

  isAlive = (): boolean => this.#state.is !== 'dead';

  enter = (task: () => void): void => {
    if (this.#state.is === 'awake') task();
    else if (this.#state.is === 'asleep') this.#state.tasks.push(task);
  };

  sleep(): void {
    this.#state = { is: 'asleep', tasks: [] };
  }

  wake(): void {
    const tasks = this.#state.is === 'asleep' ? this.#state.tasks : [];
    this.#state = { is: 'awake' };
    for (const task of tasks) task();
  }

  /** The others notice by its silence, or when they send it something. */
  die(): void {
    this.#state = { is: 'dead' };
    this.#onDeath();
  }
}
