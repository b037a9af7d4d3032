import type { Authenticator } from '@hongyan/core/ports';
import type { DeviceId } from '@hongyan/protocol';
import type { SightChanged } from '@hongyan/protocol/cluster';
import type { Health } from '../api/health.ts';
import { createApi } from '../api/index.ts';
import { createPresenceChannel, type Revoke, tellSightChanged } from '../cluster/index.ts';
import type { Config } from '../config.ts';
import { createEventLoopDelay } from '../event-loop.ts';
import { type Gateway, LoadShedding } from '../gateway/index.ts';
import { listenTcp, serveWebSocket } from '../gateway/listening.ts';
import type { Logger } from '../log.ts';
import type { Logic } from '../logic/index.ts';
import { systemClock as clock, systemRandom as random } from '../system.ts';
import { VERSION } from '../version.ts';
import { openBackend } from './backend.ts';
import { joinCluster } from './cluster.ts';
import { createInProcessBus, type EngineTrouble, openBroker } from './engines.ts';
import { gatewayLoad, makeGateway, measured } from './gateway.ts';
import { closeHttp, listenHttp, listening } from './http.ts';
import { reachLogic, startLogic } from './logic.ts';
import { openRest } from './rest.ts';

/** Sessions get most of the time there is for stopping; the rest is for requests, and what is written behind. */
const GATEWAY_DRAIN_MS = 7_000;
/** Where there are other gateways, they get this one's people little by little. */
const GATEWAY_SPREAD_MS = 5_000;

export interface NodeParts {
  /** Takes what has to be released when the node ends. */
  parts: AsyncDisposableStack;
  logger: Logger;
  trouble: EngineTrouble;
  health: () => Health;
}

export interface Node {
  /** `tcpPort` is 0 where nothing listens. */
  ports: { port: number; tcpPort: number };
  /** Tells the other nodes that this one gets nothing new. */
  leave(): void;
}

/** What a gateway works with, wherever it is. */
export interface Reached {
  logic: Logic;
  authenticator: Authenticator;
  /** Which of these devices, which have sessions, are signed out. */
  signedOut: SignedOut;
}

export type SignedOut = (deviceIds: readonly DeviceId[]) => Promise<readonly DeviceId[]>;

/** Makes a node of the roles that the process has, and has it listen. */
export async function startNode(config: Config, { parts, logger, trouble, health }: NodeParts): Promise<Node> {
  const has = (role: Config['roles'][number]) => config.roles.includes(role);
  let gateway: Gateway | undefined;
  let tcpPort = 0;
  const broker = await openBroker(config, trouble);
  if (broker !== undefined) parts.defer(() => broker.close());
  const local = createInProcessBus();
  const load = new LoadShedding({ random, eventLoopDelay: createEventLoopDelay() });
  const ownLoad = () => gateway && gatewayLoad(gateway, load, config, tcpPort);
  const cluster = broker && joinCluster({ broker, config, clock, random, logger, local, gatewayLoad: ownLoad });
  if (cluster !== undefined) parts.defer(() => cluster.close());
  const bus = cluster?.bus ?? local;

  const onRevoked: Revoke = (deviceId, isReplaced) => gateway?.revoke(deviceId, isReplaced);
  const backend = await openBackend({ config, parts, trouble, cluster, bus, onRevoked });

  let reached: Reached | undefined;
  if (has('logic') && backend) {
    const { store } = backend;
    const { authenticator, saw } = backend.auth;
    const receiptDelayMs = has('gateway') ? () => load.receiptDelayMs : undefined;
    const onSightChanged = (changed: SightChanged) => {
      gateway?.presence.sightChanged(changed);
      if (cluster) tellSightChanged(cluster, changed);
    };
    reached = startLogic({
      parts,
      store,
      bus,
      authenticator,
      saw,
      cluster,
      clock,
      logger,
      receiptDelayMs,
      onSightChanged,
    });
  } else if ((has('gateway') || has('api')) && cluster) {
    const onForgotten = (sessionIds: ReadonlySet<string>) => gateway?.askToCompare(sessionIds);
    reached = reachLogic({ parts, cluster, clock, onForgotten });
  }
  const presenceChannel = cluster && createPresenceChannel(cluster);
  if (has('gateway') && reached) {
    gateway = makeGateway({ ...reached, bus, clock, random, logger, load, config, presenceChannel });
  }
  cluster?.broker.onRestored(() => gateway?.askToCompare());

  const { logic } = reached ?? {};
  const rest = has('api') && backend && logic ? openRest(backend, { config, cluster, bus, logger, logic }) : undefined;
  const api = await createApi({
    rest: rest?.options,
    gateway: gateway && { polling: gateway.createPolling(), measured: measured(gateway, load) },
    config,
    logger,
    version: VERSION,
    health,
  });
  parts.defer(() => closeHttp(api, clock));
  parts.defer(() => rest?.close());
  await api.ready();
  if (gateway) serveWebSocket(gateway.door, api.server, '/v1/ws');
  parts.defer(async () => gateway?.drain(GATEWAY_DRAIN_MS, cluster === undefined ? 0 : GATEWAY_SPREAD_MS));
  const { host } = config;
  const port = await listenHttp(api, { host, port: config.port });
  const tcp = await listening(
    `TCP port ${config.tcpPort} on ${host}`,
    async () => gateway && listenTcp(gateway.door, { host, port: config.tcpPort }),
  );
  tcpPort = tcp?.port ?? 0;
  cluster?.announcer.start();
  rest?.start();
  return { ports: { port, tcpPort }, leave: () => cluster?.announcer.leave() };
}
