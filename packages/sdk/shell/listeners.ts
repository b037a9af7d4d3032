import type { Unsubscribe } from '../types.ts';

/** Listeners of one kind of event. What one of them throws harms neither the others nor the client. */
export class Listeners<T> {
  readonly #listeners = new Set<{ call: (payload: T) => void }>();

  add(call: (payload: T) => void): Unsubscribe {
    const listener = { call };
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(payload: T): void {
    for (const { call } of [...this.#listeners]) {
      try {
        call(payload);
      } catch (error) {
        console.error('A listener of the Hongyan client failed:', error);
      }
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}
