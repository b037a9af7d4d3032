/** How people are spread over the sites before one is lost; the first one is the one that is. */
const SITE_SHARES: Readonly<Record<string, number>> = { a: 0.2, b: 0.23, c: 0.21, d: 0.19, e: 0.17 };
export const SITES: readonly string[] = Object.keys(SITE_SHARES);
export const LOST_SITE = 'a';
/** Of a site that has few people, and how many people there are for each where they are many. */
const GATEWAYS_PER_SITE_MIN = 8;
const PEOPLE_PER_GATEWAY = 25_000;
const ALLOCATORS_PER_SITE_MIN = 2;

/** All sites are this much larger than they need to be together, so that four of five have room for everybody, just. */
const ROOM_FACTOR = 1.36;
/** A gateway that is as full as the mean of all begins sessions so fast that it would be filled in this time. */
const FILL_SECONDS = 50;
/** What a gateway can do in all, by what it admits: the rest is for those it turns away and those who are connected. */
const CAPACITY_FACTOR = 1.5;
/** All allocators together answer this part of all people in a second, */
const ASKS_SHARE = 0.1;
/** and one no more than was measured: about 2,000, by `npm run bench -- --scenario allocation`. */
const ASKS_PER_SECOND_MAX = 2_000;

export interface SiteLossOptions {
  clients: number;
  seed: number;
  /** `emptiest` sends everybody to the emptiest gateway: what a checker has to see. */
  policy: 'weighted' | 'emptiest';
  /** `none` comes back without a pause, whatever it was told: what a checker has to see. */
  backoff: 'engine' | 'none';
}

/** The sizes of a world that is alike for any number of people, so that a small one shows what a large one does. */
export interface World {
  peopleOf: Readonly<Record<string, number>>;
  gatewaysPerSite: number;
  allocatorsPerSite: number;
  connectionsMax: number;
  handshakesPerSecond: number;
  handshakesBurst: number;
  /** In whole handshakes. */
  gatewayWorkPerSecond: number;
  asksPerSecond: number;
}

export function worldFor(clients: number): World {
  const gatewaysPerSite = Math.max(GATEWAYS_PER_SITE_MIN, Math.ceil(clients / (SITES.length * PEOPLE_PER_GATEWAY)));
  const asksPerSecond = (clients * ASKS_SHARE) / SITES.length;
  const allocatorsPerSite = Math.max(ALLOCATORS_PER_SITE_MIN, Math.ceil(asksPerSecond / ASKS_PER_SECOND_MAX));
  const mean = clients / (SITES.length * gatewaysPerSite);
  const handshakesPerSecond = Math.ceil(mean / FILL_SECONDS);
  const people = SITES.map((site) => [site, Math.round(clients * (SITE_SHARES[site] ?? 0))] as const);
  return {
    peopleOf: Object.fromEntries(people),
    gatewaysPerSite,
    allocatorsPerSite,
    connectionsMax: Math.ceil(mean * ROOM_FACTOR),
    handshakesPerSecond,
    handshakesBurst: Math.ceil(handshakesPerSecond / 2),
    gatewayWorkPerSecond: handshakesPerSecond * CAPACITY_FACTOR,
    asksPerSecond: asksPerSecond / allocatorsPerSite,
  };
}
