/** As much of the Web Locks API as is used. */
export interface Locks {
  request(name: string, options: { signal: AbortSignal }, work: () => Promise<void>): Promise<unknown>;
}

/** Leads while it holds the lock of this name. The platform gives it to the next one when a tab closes or dies. */
export function electByLock(locks: Locks, name: string, signal: AbortSignal, changed: (leads: boolean) => void): void {
  const hold = () =>
    new Promise<void>((release) => {
      const end = () => {
        changed(false);
        release();
      };
      signal.addEventListener('abort', end, { once: true });
      changed(true);
    });
  // Rejects when `signal` aborts before the lock was given.
  locks.request(name, { signal }, hold).catch(() => {});
}
