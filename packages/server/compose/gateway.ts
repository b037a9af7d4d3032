import { type Rate, SHEDDING_ORDER } from '@hongyan/core';
import type { GatewayLoad } from '@hongyan/protocol/cluster';
import type { Measured } from '../api/metrics.ts';
import type { Config } from '../config.ts';
import { createGateway, type Gateway, type GatewayParts, type LoadShedding } from '../gateway/index.ts';
import { defer } from '../system.ts';

/** What a gateway without a limit is sent in a second: the default of the limit, which one process bears easily. */
const UNLIMITED_HANDSHAKES_PER_SECOND = 1_000;

export type GatewayNodeParts = Omit<GatewayParts, 'defer' | 'connectionsMax' | 'handshakeRate'> & { config: Config };

export function makeGateway({ config, ...parts }: GatewayNodeParts): Gateway {
  const { connectionsMax } = config;
  return createGateway({ ...parts, connectionsMax, handshakeRate: handshakeRateOf(config), defer });
}

/** What the other nodes are told of it; `tcpPort` is the one it listens on. */
export function gatewayLoad(
  { connectionCount }: Gateway,
  { level }: LoadShedding,
  config: Config,
  tcpPort: number,
): GatewayLoad {
  return {
    connections: connectionCount,
    connectionsMax: config.connectionsMax,
    handshakesPerSecond: config.handshakesPerSecond || UNLIMITED_HANDSHAKES_PER_SECOND,
    loadLevel: level,
    site: config.site,
    url: config.publicUrl,
    tcpPort: config.publicTcpPort ?? (config.publicUrl === '' ? 0 : tcpPort),
  };
}

/** What `/metrics` says of it. */
export function measured(gateway: Gateway, load: LoadShedding): Measured {
  return {
    connectionCount: () => gateway.connectionCount,
    handshakes: () => ({ admitted: gateway.admission.begun, refused: gateway.admission.refused }),
    lagBytes: () => gateway.lagBytes,
    loadLevel: () => load.level,
    shed: () => SHEDDING_ORDER.map((name) => [name, load.shed.get(name) ?? 0]),
  };
}

function handshakeRateOf({ handshakesPerSecond, handshakesBurst }: Config): Rate | undefined {
  return handshakesPerSecond === 0 ? undefined : { perSecond: handshakesPerSecond, burst: handshakesBurst };
}
