import type { Bus, Clock, Store } from '@hongyan/core/ports';
import type { DeviceId } from '@hongyan/protocol';
import type { SightChanged } from '@hongyan/protocol/cluster';
import { lookUpSignedOut, type RevocableAuthenticator } from '../auth/index.ts';
import type { Logger } from '../log.ts';
import { createLogic, Expiry, Indexing } from '../logic/index.ts';
import { askSignedOut, createRelayedAuthenticator, createRelayedLogic, LogicService, Relay } from '../relay/index.ts';
import { defer } from '../system.ts';
import type { Cluster } from './cluster.ts';
import type { Reached, SignedOut } from './node.ts';

export interface LogicNodeParts {
  parts: AsyncDisposableStack;
  store: Store;
  bus: Bus;
  authenticator: RevocableAuthenticator;
  /** A device that is signed in has a live session. */
  saw: (deviceId: DeviceId) => void;
  /** Whose gateways it works for, beside its own. */
  cluster: Cluster | undefined;
  clock: Clock;
  logger: Logger;
  receiptDelayMs: (() => number) | undefined;
  onSightChanged: (changed: SightChanged) => void;
}

/** Logic in this process, also for the gateways of other nodes. */
export function startLogic({ parts, cluster, authenticator, saw, ...rest }: LogicNodeParts): Reached {
  const logic = createLogic(rest);
  const { clock, logger } = rest;
  const expiry = new Expiry(rest);
  const indexing = new Indexing(rest);
  const { accounts } = rest.store;
  const lookUp: SignedOut = (deviceIds) => lookUpSignedOut({ accounts, authenticator, saw }, deviceIds);
  // Alone, a node hears of every sign-out.
  const noneSignedOut: SignedOut = async (deviceIds) => {
    for (const deviceId of deviceIds) saw(deviceId);
    return [];
  };
  const signedOut = cluster === undefined ? noneSignedOut : lookUp;
  const service = cluster && new LogicService({ ...cluster, logic, authenticator, signedOut, clock, logger, defer });
  parts.defer(async () => {
    await Promise.all([expiry.end(), indexing.end()]);
    await service?.drain();
    await logic.drain();
    await new Promise<void>((resolve) => defer(resolve));
    service?.close();
  });
  return { logic, authenticator, signedOut };
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
