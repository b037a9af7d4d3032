import type { LiveQuery } from '../types.ts';
import { Listeners } from './listeners.ts';

/**
 * What `read` gives, kept up to date while somebody listens. `begin` is called when the first one does: what it is given looks
 * whether there is another value, and what it gives back ends that when the last one has gone.
 */
export function liveQuery<T>(read: () => T, begin: (look: () => void) => () => void): LiveQuery<T> {
  const listeners = new Listeners<void>();
  let [value, count] = [read(), 0];
  let end = () => {};
  const renew = (): boolean => {
    const next = read();
    if (isSame(value, next)) return false;
    value = next;
    return true;
  };
  const look = () => {
    if (renew()) listeners.emit();
  };
  return {
    get value() {
      if (count === 0) renew();
      return value;
    },
    onChange: (listener) => {
      renew();
      count += 1;
      const remove = listeners.add(listener);
      if (count === 1) end = begin(look);
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        remove();
        count -= 1;
        if (count === 0) end();
      };
    },
  };
}

/** Two lists with the same items are the same value, however they were put together. */
function isSame(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return Object.is(a, b);
  return a.length === b.length && a.every((item, at) => Object.is(item, b[at]));
}
