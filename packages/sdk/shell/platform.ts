/** What browsers offer beyond Node, as far as the SDK uses it. */
interface Platform {
  addEventListener?(type: 'online' | 'offline', listener: () => void, options: { signal: AbortSignal }): void;
  readonly document?: object;
  readonly navigator?: {
    readonly locks?: { request(name: string, work: () => Promise<void>): Promise<unknown> };
  };
}

/** The global object, seen without the DOM's types: those would be visible in the whole program. */
export const platform: Platform = globalThis;
