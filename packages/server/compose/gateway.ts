import { type Rate, SHEDDING_ORDER } from '@hongyan/core';
import type { GatewayLoad } from '@hongyan/protocol/cluster';
import type { Measured } from '../api/metrics.ts';
import type { Config } from '../config.ts';
import { createGateway, type Gateway, type GatewayParts, type LoadShedding } from '../gateway/index.ts';
import { defer } from '../system.ts';

export type GatewayNodeParts = Omit<GatewayParts, 'defer' | 'connectionsMax' | 'handshakeRate'> & { config: Config };

export function makeGateway({ config, ...parts }: GatewayNodeParts): Gateway {
  const { connectionsMax } = config;
  return createGateway({ ...parts, connectionsMax, handshakeRate: handshakeRateOf(config), defer });
}

/** What the other nodes are told of it. */
export function gatewayLoad({ connectionCount }: Gateway, { level }: LoadShedding, config: Config): GatewayLoad {
  return {
    connections: connectionCount,
    connectionsMax: config.connectionsMax,
    handshakesPerSecond: config.handshakesPerSecond,
    loadLevel: level,
    site: config.site,
    url: config.publicUrl,
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
