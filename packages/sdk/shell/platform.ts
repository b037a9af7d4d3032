import type { Locks } from './lock-election.ts';

interface BroadcastChannelLike {
  addEventListener(type: 'message', listener: (event: object) => void): void;
  postMessage(message: object): void;
  close(): void;
}

/** What browsers offer beyond Node, as far as the SDK uses it. */
interface Platform {
  addEventListener?(
    type: 'online' | 'offline' | 'pagehide' | 'pageshow',
    listener: () => void,
    options: { signal: AbortSignal },
  ): void;
  readonly BroadcastChannel?: new (name: string) => BroadcastChannelLike;
  readonly document?: object;
  readonly navigator?: { readonly locks?: Locks };
}

/** The global object, seen without the DOM's types: those would be visible in the whole program. */
export const platform: Platform = globalThis;
