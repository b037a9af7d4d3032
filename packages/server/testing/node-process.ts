import type { Clock } from '@hongyan/core';

/** A process that can be frozen and killed: what comes to it meanwhile is done when it thaws, and never when it died. */
export class NodeProcess {
  readonly clock: Clock;
  readonly #onDeath: () => void;
  #state: { is: 'running' } | { is: 'frozen'; tasks: (() => void)[] } | { is: 'dead' } = { is: 'running' };

  constructor(clock: Clock, onDeath: () => void) {
    this.#onDeath = onDeath;
    this.clock = {
      now: () => clock.now(),
      schedule: (delayMs, task) => clock.schedule(delayMs, () => this.enter(task)),
    };
  }

  isAlive = (): boolean => this.#state.is !== 'dead';

  enter = (task: () => void): void => {
    if (this.#state.is === 'running') task();
    else if (this.#state.is === 'frozen') this.#state.tasks.push(task);
  };

  freeze(): void {
    this.#state = { is: 'frozen', tasks: [] };
  }

  thaw(): void {
    const tasks = this.#state.is === 'frozen' ? this.#state.tasks : [];
    this.#state = { is: 'running' };
    for (const task of tasks) task();
  }

  /** The others notice by its silence, or when they send it something. */
  die(): void {
    this.#state = { is: 'dead' };
    this.#onDeath();
  }
}
