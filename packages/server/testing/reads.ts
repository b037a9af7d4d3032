import type { Store } from '@hongyan/core';

/** A store that writes down which of its methods were called. */
export function countingReads(store: Store): { store: Store; calls: string[] } {
  const calls: string[] = [];
  const watched = <Part extends object>(name: string, part: Part): Part =>
    new Proxy(part, {
      get(target, property, receiver) {
        const value: unknown = Reflect.get(target, property, receiver);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          calls.push(`${name}.${String(property)}`);
          return Reflect.apply(value, target, args);
        };
      },
    });
  return {
    store: {
      ...store,
      accounts: watched('accounts', store.accounts),
      log: watched('log', store.log),
      cursors: watched('cursors', store.cursors),
      userLog: watched('userLog', store.userLog),
      records: watched('records', store.records),
      secrets: watched('secrets', store.secrets),
    },
    calls,
  };
}
