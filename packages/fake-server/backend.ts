import type { Store } from '@hongyan/core';
import { createInProcessBus } from '@hongyan/server/adapters/bus/inprocess/bus.ts';
import { createMemoryStore, type MemoryState } from '@hongyan/server/adapters/store/memory/index.ts';
import { createAuthenticator } from '@hongyan/server/auth/authenticator';
import { Devices } from '@hongyan/server/auth/devices';
import { createSessions, type Sessions } from '@hongyan/server/auth/sessions';
import { Gateway } from '@hongyan/server/gateway';
import { createGroup, createLogic, Expiry, previewGroup, publishPush, type RunningLogic } from '@hongyan/server/logic';
import { accessTokens, passwords, refreshTokens } from './credentials.ts';
import { clock, logger, random } from './platform.ts';

/** How long commands that were taken may take when the server stops. */
const DRAIN_MS_MAX = 1_000;

/** One life of the server: its real parts, put together as `compose/` of the server does, on memory. */
export interface Backend {
  store: Store;
  logic: RunningLogic;
  gateway: Gateway;
  sessions: Sessions;
  devices: Devices;
  authenticator: ReturnType<typeof createAuthenticator>;
  createGroup: (creator: string, group: { name: string; members: readonly string[] }) => Promise<string>;
  previewGroup: (conversationId: string, linkCode: string) => ReturnType<typeof previewGroup>;
  /** As on SIGTERM. What the state holds is there for the next life. */
  stop(): Promise<void>;
}

export function startBackend(state: MemoryState, clientMessageId: () => string): Backend {
  const store = createMemoryStore(state);
  const bus = createInProcessBus();
  const { accounts } = store;
  const logic = createLogic({
    ...{ store, bus, clock, logger },
    onSightChanged: (changed) => gateway.presence.sightChanged(changed),
  });
  const tokens = accessTokens(clock);
  const authenticator = createAuthenticator({ accessTokens: tokens, accounts, clock });
  const gateway = new Gateway({ logic, bus, authenticator, clock, random, logger, defer: queueMicrotask });
  const devices = new Devices({
    ...{ accounts, refreshTokens, clock, random, policy: 'all' },
    onUserEvent: (userId, event) => publishPush(bus, [userId], { case: 'userEvent', value: event }, ''),
    onDeviceRevoked(deviceId, isReplaced) {
      authenticator.forget(deviceId);
      gateway.revoke(deviceId, isReplaced);
    },
  });
  const sessions = createSessions({ accounts, devices, passwords, accessTokens: tokens, refreshTokens, clock, random });
  const expiry = new Expiry({ store, clock, logger });
  return {
    ...{ store, logic, gateway, sessions, devices, authenticator },
    createGroup: (creator, group) =>
      createGroup({ store, bus, clock, random }, creator, { ...group, clientMessageId: clientMessageId() }),
    previewGroup: (conversationId, linkCode) => previewGroup(store, conversationId, linkCode),
    async stop() {
      await gateway.drain(DRAIN_MS_MAX);
      await expiry.end();
      await logic.drain();
      await store.close();
    },
  };
}
