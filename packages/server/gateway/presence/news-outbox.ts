import type { Clock } from '@hongyan/core';
import type { DevicePresence, UserId } from '@hongyan/protocol';
import type { PresenceChannel } from './channel.ts';

/** Changes within this time share a message to the other gateways. */
export const NEWS_GATHERED_MS = 250;
/** How long changes wait while there is too much to do; meanwhile the newest of each account counts. */
const SHED_MS = 1_000;
const ACCOUNTS_MAX = 20_000;

export interface NewsOutboxParts {
  clock: Clock;
  channel: PresenceChannel;
  devicesOf: (userId: UserId) => DevicePresence[];
  isShed: () => boolean;
}

/** Accounts whose connections here changed, on the way to the other gateways. */
export class NewsOutbox {
  readonly #parts: NewsOutboxParts;
  #changed = new Set<UserId>();
  #cancel: (() => void) | undefined;

  constructor(parts: NewsOutboxParts) {
    this.#parts = parts;
  }

  /** Past the bound it is left to those who ask again. */
  add(userId: UserId): void {
    if (this.#changed.size < ACCOUNTS_MAX) this.#changed.add(userId);
    this.#cancel ??= this.#parts.clock.schedule(NEWS_GATHERED_MS, () => this.#flush());
  }

  close(): void {
    this.#cancel?.();
  }

  #flush(): void {
    const { clock, channel, devicesOf, isShed } = this.#parts;
    if (isShed()) {
      this.#cancel = clock.schedule(SHED_MS, () => this.#flush());
      return;
    }
    this.#cancel = undefined;
    const changed = this.#changed;
    this.#changed = new Set();
    channel.tell({ accounts: [...changed].map((userId) => ({ userId, devices: devicesOf(userId) })), typing: [] });
  }
}
