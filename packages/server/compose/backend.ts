import type { Bus, Store } from '@hongyan/core/ports';
import { type Auth, createAuth } from '../auth/index.ts';
import { REMEMBERED_MS_MAX, type Revoke, shareRevocations } from '../cluster/revocations.ts';
import type { Config } from '../config.ts';
import { publishPush } from '../logic/push.ts';
import { systemClock as clock, systemRandom as random } from '../system.ts';
import type { Cluster } from './cluster.ts';
import { type EngineTrouble, openStore } from './engines.ts';

/** What nodes have that reach the store; gateways alone have none. */
export interface Backend {
  store: Store;
  auth: Auth;
}

export interface BackendParts {
  config: Config;
  /** Takes the store. */
  parts: AsyncDisposableStack;
  trouble: EngineTrouble;
  cluster: Cluster | undefined;
  bus: Bus;
  /** A device was signed out, here or on another node. */
  onRevoked: Revoke;
}

/** Opens the store where the node's roles need one; on every node of a cluster sign-outs are heard of from here on. */
export async function openBackend(options: BackendParts): Promise<Backend | undefined> {
  const { config, parts, trouble, cluster, bus, onRevoked } = options;
  let auth: Auth | undefined;
  const revoke: Revoke = (deviceId, isReplaced) => {
    auth?.authenticator.forget(deviceId);
    onRevoked(deviceId, isReplaced);
  };
  const onMissed = () => auth?.authenticator.forgetAll();
  const tellRevoked = cluster && shareRevocations({ ...cluster, revoke, onMissed });
  if (!config.roles.some((role) => role !== 'gateway')) return undefined;
  const store = parts.adopt(await openStore(config, trouble), (opened) => opened.close());
  auth = await createAuth({
    store,
    clock,
    random,
    rememberedMsMax: cluster && REMEMBERED_MS_MAX,
    onUserEvent: (userId, event) => publishPush(bus, [userId], { case: 'userEvent', value: event }, ''),
    policy: config.devicePolicy,
    givenKeyHash: config.apiKey,
    onDeviceRevoked(deviceId, isReplaced) {
      revoke(deviceId, isReplaced);
      tellRevoked?.(deviceId, isReplaced);
    },
  });
  const { close } = auth;
  parts.defer(close);
  return { store, auth };
}
