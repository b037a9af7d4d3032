import type { Request, Transaction } from './indexeddb-types.ts';

/** The result of one request. */
export function requested<T>(request: Request<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves when the transaction is committed. */
export function transacted(transaction: Transaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'));
  });
}

/** Commits what `work` has written, or nothing when it rejects. It may wait for requests of this transaction only. */
export async function within<T>(transaction: Transaction, work: () => Promise<T>): Promise<T> {
  const done = transacted(transaction);
  try {
    const result = await work();
    await done;
    return result;
  } catch (error) {
    done.catch(() => {});
    abort(transaction);
    throw error;
  }
}

function abort(transaction: Transaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already, by the error that is being reported.
  }
}
