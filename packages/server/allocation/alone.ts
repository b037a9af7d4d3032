import type { Allocations } from './allocations.ts';

/** Where there is nowhere else to go, this need not be asked more often than a server becomes a cluster. */
const KEEP_FOR_MS = 24 * 60 * 60_000;

/** For a server that is the only one: everybody stays where they are. */
export const allocationsAlone: Allocations = {
  allocate: async () => ({ status: 'allocated', gateways: [], keepForMs: KEEP_FOR_MS }),
};
