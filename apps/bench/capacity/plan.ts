import type { Costs, Parts } from './costs.ts';
import { type Demand, type Rates, ratesOf } from './demand.ts';

/** So much of a core is planned with: the rest is for the minutes that are busier than the hour, and for a site that is lost. */
const CORE_SHARE = 0.5;
/** People on a gateway: few enough that the others take them all within a minute when it is lost (docs/site-loss.md). */
export const CONNECTIONS_PER_GATEWAY = 25_000;
/** One process of Node.js decides on one core. */
const CORES_PER_LOGIC = 1;
/** People whom one API node tells in a second where to connect, and the part of all who may ask in one (docs/site-loss.md). */
const ANSWERS_PER_API = 2_000;
const ASKING_SHARE = 0.1;
/** Of a database server as one can have it; more than that takes a second one. */
export const CORES_PER_POSTGRES = 16;
/** Of a NATS server: its subscriptions are kept by every server of its cluster. */
export const SUBSCRIPTIONS_PER_NATS_CLUSTER = 2_000_000;
export const CORES_PER_NATS = 8;
const SECOND_US = 1_000_000;
const SECONDS_PER_HOUR = 3_600;

export interface Plan {
  demand: Demand;
  rates: Rates;
  gateways: number;
  /** Cores that a gateway uses, on average. */
  gatewayCores: number;
  gatewayBytes: number;
  logic: number;
  api: number;
  /** Cores of all primaries together; each has a synchronous standby besides. */
  postgresCores: number;
  postgresServers: number;
  natsCores: number;
  natsClusters: number;
  /** Of one server of such a cluster, for its subscriptions. */
  natsBytes: number;
  diskBytesPerDay: number;
}

/** How many of what so many people need. */
export function planFor(demand: Demand, costs: Costs): Plan {
  const rates = ratesOf(demand);
  const cores = (part: keyof Parts) =>
    (rates.direct * costs.direct[part] +
      rates.deliveries * costs.delivery[part] +
      rates.signIns * costs.signIn[part] +
      rates.resumes * costs.resume[part]) /
    SECOND_US /
    CORE_SHARE;
  const { connectionBytes, messageDiskBytes } = costs;
  const gateways = Math.max(Math.ceil(demand.online / CONNECTIONS_PER_GATEWAY), Math.ceil(cores('gateway')), 2);
  const natsClusters = Math.ceil(
    Math.max(demand.online / SUBSCRIPTIONS_PER_NATS_CLUSTER, cores('nats') / CORES_PER_NATS),
  );
  const messagesPerDay = (rates.direct + rates.groupMessages) * SECONDS_PER_HOUR * demand.dayHours;
  return {
    demand,
    rates,
    gateways,
    gatewayCores: (cores('gateway') * CORE_SHARE) / gateways,
    gatewayBytes: (demand.online / gateways) * (connectionBytes.gateway + connectionBytes.kernel),
    logic: Math.max(Math.ceil(cores('logic') / CORES_PER_LOGIC), 2),
    api: Math.max(Math.ceil((demand.online * ASKING_SHARE) / ANSWERS_PER_API), 2),
    postgresCores: cores('postgres'),
    postgresServers: Math.ceil(cores('postgres') / CORES_PER_POSTGRES),
    natsCores: cores('nats'),
    natsClusters,
    natsBytes: (demand.online / natsClusters) * connectionBytes.nats,
    diskBytesPerDay: messagesPerDay * messageDiskBytes,
  };
}
