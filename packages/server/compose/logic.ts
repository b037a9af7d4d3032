import type { Bus, Clock, Store } from '@hongyan/core/ports';
import type { SightChanged } from '@hongyan/protocol/cluster';
import { lookUpSignedOut, type RevocableAuthenticator } from '../auth/index.ts';
import type { Logger } from '../log.ts';
import { createLogic } from '../logic/index.ts';
import { askSignedOut, createRelayedAuthenticator, createRelayedLogic, LogicService, Relay } from '../relay/index.ts';
import { defer } from '../system.ts';
import type { Cluster } from './cluster.ts';
import type { Reached, SignedOut } from './node.ts';

export interface LogicNodeParts {
  parts: AsyncDisposableStack;
  store: Store;
  bus: Bus;
  authenticator: RevocableAuthenticator;
  /** Whose gateways it works for, beside its own. */
  cluster: Cluster | undefined;
  clock: Clock;
  logger: Logger;
  receiptDelayMs: (() => number) | undefined;
  onSightChanged: (changed: SightChanged) => void;
}

/** Logic in this process, also for the gateways of other nodes. */
export function startLogic({ parts, cluster, authenticator, ...rest }: LogicNodeParts): Reached {
  const logic = createLogic(rest);
  const { clock, logger } = rest;
  const { accounts } = rest.store;
  const signedOut: SignedOut = (deviceIds) => lookUpSignedOut({ accounts, authenticator }, deviceIds);
  const service = cluster && new LogicService({ ...cluster, logic, authenticator, signedOut, clock, logger, defer });
  parts.defer(async () => {
    await service?.drain();
    await logic.drain();
    await new Promise<void>((resolve) => defer(resolve));
    service?.close();
  });
  return { logic, authenticator, signedOut: cluster && signedOut };
}

export interface ReachedLogicParts {
  parts: AsyncDisposableStack;
  cluster: Cluster;
  clock: Clock;
  onForgotten: (sessionIds: ReadonlySet<string>) => void;
}

/** Logic on other nodes. */
export function reachLogic({ parts, cluster, clock, onForgotten }: ReachedLogicParts): Reached {
  const relay = new Relay({ ...cluster, gatewayId: cluster.nodeId, clock, defer, onForgotten });
  parts.defer(() => relay.close());
  return {
    logic: createRelayedLogic(relay, clock),
    authenticator: createRelayedAuthenticator(relay, clock),
    signedOut: (deviceIds) => askSignedOut(relay, clock, deviceIds),
  };
}
