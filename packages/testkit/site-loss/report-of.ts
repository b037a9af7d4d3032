import type { ClientTable } from './client-table.ts';
import type { Cluster } from './cluster.ts';
import type { Gateway } from './gateway.ts';
import type { Excess, Limits } from './limits.ts';
import { SAMPLE_INTERVAL_MS, type Sample, type Series } from './series.ts';
import { SITES, type SiteLossOptions, type World } from './world.ts';

const SECOND_MS = 1_000;

export interface SiteReport {
  site: string;
  connectionsMax: number;
  before: number;
  peak: number;
  after: number;
  /** Sessions begun in the busiest quarter of a second, as a rate. */
  begunPerSecondMax: number;
  /** The longest that anything had to wait in one of its gateways. */
  waitMaxMs: number;
  gatewaysFallen: number;
}

export interface SiteLossReport {
  options: SiteLossOptions;
  world: World;
  sites: readonly SiteReport[];
  /** Everybody who lost a connection. */
  lost: number;
  stillAway: number;
  /** From the loss on; undefined: it never came to that. */
  halfBackMs: number | undefined;
  /** 99 % of them. */
  nearlyAllBackMs: number | undefined;
  allBackMs: number | undefined;
  /** How often a client was told to wait by an allocator, or turned away by a gateway. */
  queuedP50: number;
  queuedP99: number;
  refusedP50: number;
  refusedP99: number;
  /** The most that allocators sent to one gateway in a second, 1 being the rate it takes. */
  sentMaxOfRate: number;
  /** The most that one gateway held, 1 being full. */
  connectionsMaxOfRoom: number;
  /** The longest that a question to an allocator had to wait. */
  askWaitMaxMs: number;
  samples: readonly Sample[];
  /** Everything that had more than it takes. Empty: the loss of a site harmed nobody else. */
  excesses: readonly Excess[];
  /** The same seed gives the same one. */
  traceHash: string;
}

export interface Outcome {
  options: SiteLossOptions;
  world: World;
  clients: ClientTable;
  cluster: Cluster;
  limits: Limits;
  series: Series;
  lossAtMs: number;
}

/** What became of everybody. */
export function reportOf(outcome: Outcome): SiteLossReport {
  const { options, world, clients, cluster, limits, series, lossAtMs } = outcome;
  const lost = Array.from({ length: clients.count }, (_, client) => client).filter((client) => clients.wasLost(client));
  const back = lost.map((client) => (clients.backAtMs[client] ?? -1) - lossAtMs).filter((atMs) => atMs >= 0);
  const backMs = Float64Array.from(back).sort();
  const queued = Uint16Array.from(lost, (client) => clients.queued[client] ?? 0).sort();
  const refused = Uint16Array.from(lost, (client) => clients.refused[client] ?? 0).sort();
  const stillAway = lost.length - backMs.length;
  const excesses = [...limits.excesses];
  if (stillAway > 0) excesses.push({ atMs: series.samples.at(-1)?.atMs ?? 0, message: `${stillAway} never came back` });
  return {
    options,
    world,
    sites: SITES.map((site, index) => siteReport(site, index, cluster.gateways, world, series.samples)),
    lost: lost.length,
    stillAway,
    halfBackMs: backMs[Math.ceil(lost.length / 2) - 1],
    nearlyAllBackMs: backMs[Math.ceil(lost.length * 0.99) - 1],
    allBackMs: stillAway > 0 ? undefined : backMs.at(-1),
    queuedP50: quantile(queued, 0.5),
    queuedP99: quantile(queued, 0.99),
    refusedP50: quantile(refused, 0.5),
    refusedP99: quantile(refused, 0.99),
    connectionsMaxOfRoom: limits.connectionsMaxOfRoom,
    sentMaxOfRate: limits.sentMaxOfRate,
    askWaitMaxMs: Math.max(...cluster.desks.map(({ work }) => work.waitMaxMs)),
    samples: series.samples,
    excesses,
    traceHash: hashOf(clients.backAtMs, clients.gateway),
  };
}

function siteReport(
  site: string,
  index: number,
  gateways: readonly Gateway[],
  { connectionsMax, gatewaysPerSite }: World,
  samples: readonly Sample[],
): SiteReport {
  const own = gateways.filter((gateway) => gateway.site === site);
  const connections = samples.map((sample) => sample.connections[index] ?? 0);
  return {
    site,
    connectionsMax: connectionsMax * gatewaysPerSite,
    before: connections[0] ?? 0,
    peak: Math.max(...connections),
    after: connections.at(-1) ?? 0,
    begunPerSecondMax: Math.max(...samples.map(({ begun }) => ((begun[index] ?? 0) * SECOND_MS) / SAMPLE_INTERVAL_MS)),
    waitMaxMs: Math.max(...own.map(({ work }) => work.waitMaxMs)),
    gatewaysFallen: own.filter(({ isDown }) => isDown).length,
  };
}

const quantile = (sorted: Uint16Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;

/** FNV-1a over 32-bit numbers. */
function hashOf(...columns: readonly (Int32Array | Int16Array)[]): string {
  let hash = 0x811c9dc5;
  for (const column of columns) for (const number of column) hash = Math.imul(hash ^ number, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
