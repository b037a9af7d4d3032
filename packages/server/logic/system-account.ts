import { type AccountStore, type Clock, StoreError } from '@hongyan/core';
import { SYSTEM_USER_ID } from '@hongyan/protocol';

const HANDLE = 'system';

/** Whether a handle is the installation's own, and nobody takes it (API-2). */
export const isReservedHandle = (handle: string): boolean =>
  handle.toLowerCase() === HANDLE || handle.toLowerCase() === SYSTEM_USER_ID;

/** The account that the installation writes as, made at its first use by whichever node comes first. */
export class SystemAccount {
  readonly #accounts: AccountStore;
  readonly #clock: Clock;
  #made: Promise<void> | undefined;

  constructor({ accounts, clock }: { accounts: AccountStore; clock: Clock }) {
    this.#accounts = accounts;
    this.#clock = clock;
  }

  /** Resolves when it is there. Rejects with StoreError, and tries again the next time. */
  exists(): Promise<void> {
    this.#made ??= this.#make().catch((error: unknown) => {
      this.#made = undefined;
      throw error;
    });
    return this.#made;
  }

  async #make(): Promise<void> {
    if ((await this.#accounts.userById(SYSTEM_USER_ID)) !== undefined) return;
    // Somebody may have the handle since before it was reserved.
    await this.#create(HANDLE).catch((error: unknown) => {
      if (error instanceof StoreError && error.kind === 'rejected') return this.#create(SYSTEM_USER_ID);
      throw error;
    });
  }

  #create(handle: string): Promise<void> {
    const names = { handle, displayName: 'System', statusLine: '' };
    const createdAtMs = this.#clock.now();
    return this.#accounts.createUser({ userId: SYSTEM_USER_ID, ...names, passwordHash: '', createdAtMs });
  }
}
