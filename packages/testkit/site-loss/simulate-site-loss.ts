import { streamsOf } from '../random/streams.ts';
import { ClientTable } from './client-table.ts';
import { Cluster } from './cluster.ts';
import { Comeback } from './comeback.ts';
import { EventWheel } from './event-wheel.ts';
import { Limits } from './limits.ts';
import { reportOf, type SiteLossReport } from './report-of.ts';
import { SAMPLE_INTERVAL_MS, Series } from './series.ts';
import { type SiteLossOptions, worldFor } from './world.ts';

const LOSS_AT_MS = 5_000;
/** Seen on after everybody is back. */
const REST_MS = 10_000;
/** Whoever is not back by then never will be. */
const END_AT_MS = LOSS_AT_MS + 180_000;
const LIMITS_INTERVAL_MS = 1_000;
const LOAD_INTERVAL_MS = 500;

/** Loses a site, in virtual time, and answers what became of its people and of the other sites. */
export function simulateSiteLoss(options: SiteLossOptions): SiteLossReport {
  const world = worldFor(options.clients);
  const streams = streamsOf(options.seed);
  const cluster = new Cluster(world, options.policy, streams, {
    down: (gateway, nowMs) => comeback.cut(gateway, nowMs),
    fell: (what, nowMs) => limits.fell(what, nowMs - LOSS_AT_MS),
  });
  const clients = new ClientTable(cluster.gateways.reduce((sum, { connections }) => sum + connections, 0));
  const wheel = new EventWheel(clients.count);
  const limits = new Limits(world, cluster);
  const series = new Series(cluster.gateways);
  const comeback = new Comeback({
    clients,
    wheel,
    cluster,
    backoff: options.backoff,
    random: streams('clients'),
    sent: (gateway) => limits.sent(gateway),
  });
  connectEverybody(clients, cluster);

  let endAtMs = END_AT_MS;
  for (let nowMs = 1; nowMs < endAtMs && !cluster.isDown; nowMs++) {
    if (nowMs === LOSS_AT_MS) cluster.loseSite(nowMs);
    cluster.announce(nowMs);
    wheel.advance((client) => comeback.goOn(client, nowMs));
    if (nowMs % LOAD_INTERVAL_MS === 0) cluster.look(nowMs);
    if (nowMs % LIMITS_INTERVAL_MS === 0) limits.look(nowMs - LOSS_AT_MS);
    if (nowMs % SAMPLE_INTERVAL_MS === 0) series.take(nowMs - LOSS_AT_MS, comeback.away);
    if (nowMs > LOSS_AT_MS && comeback.away === 0) endAtMs = Math.min(endAtMs, nowMs + REST_MS);
  }
  return reportOf({ options, world, clients, cluster, limits, series, lossAtMs: LOSS_AT_MS });
}

function connectEverybody(clients: ClientTable, { gateways }: Cluster): void {
  let client = 0;
  for (const [index, { connections }] of gateways.entries()) {
    for (let n = 0; n < connections; n++) clients.connected(client++, index, 0);
  }
}
