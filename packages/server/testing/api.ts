import type { AccountStore, Store } from '@hongyan/core/ports';
import type { DeviceId, UserEvent, UserId } from '@hongyan/protocol';
import { createInProcessBus } from '../adapters/bus/inprocess/bus.ts';
import { createMemoryStore } from '../adapters/store/memory/index.ts';
import { type Allocations, allocationsAlone } from '../allocation/index.ts';
import type { GroupCalls } from '../api/groups.ts';
import type { Health } from '../api/health.ts';
import { type ApiOptions, createApi } from '../api/index.ts';
import { createAccessTokens } from '../auth/access-tokens.ts';
import { createApiKeys, hashApiKey } from '../auth/api-keys.ts';
import { createAuthenticator } from '../auth/authenticator.ts';
import { type DevicePolicy, Devices } from '../auth/devices.ts';
import { deriveKeys } from '../auth/keys.ts';
import { createPasswords, type Passwords } from '../auth/passwords.ts';
import { createRefreshTokens } from '../auth/refresh-tokens.ts';
import { createSessions } from '../auth/sessions.ts';
import { loadConfig } from '../config.ts';
import { Polling } from '../gateway/polling.ts';
import { createLogger } from '../log.ts';
import { createGroup, createLogic, type Logic, previewGroup } from '../logic/index.ts';
import type { LinkPreviews } from '../previews/index.ts';
import { systemRandom as random } from '../system.ts';
import { createFixedClock } from './fixed-clock.ts';

export interface TestApiOptions {
  accounts?: AccountStore;
  policy?: DevicePolicy;
  passwords?: Passwords;
  config?: Partial<ApiOptions['config']>;
  logger?: ApiOptions['logger'];
  health?: () => Health;
  polling?: Polling;
  allocations?: Allocations;
  linkPreviews?: LinkPreviews;
  groups?: Partial<GroupCalls>;
  store?: Store;
  logic?: Logic;
}

/** An API key with every scope. */
export const GIVEN_KEY = 'given-to-the-process-when-it-starts';

/** The calls on accounts in memory, without a socket; what the hooks were told is in `userEvents`, `revoked` and `replaced`. */
export async function createTestApi(options: TestApiOptions = {}) {
  const {
    store = createMemoryStore(),
    accounts = store.accounts,
    config = {},
    logger = createLogger({ level: 'silent' }),
  } = options;
  const clock = createFixedClock();
  const keys = deriveKeys(random.bytes(32));
  const accessTokens = createAccessTokens(keys.access, clock);
  const authenticator = createAuthenticator({ accessTokens, accounts, clock });
  const userEvents: { userId: UserId; event: UserEvent }[] = [];
  const revoked: DeviceId[] = [];
  const replaced: DeviceId[] = [];
  const refreshTokens = createRefreshTokens(keys.refresh, random);
  const devices = new Devices({
    ...{ accounts, refreshTokens, clock, random, policy: options.policy ?? 'all' },
    onUserEvent: (userId, event) => void userEvents.push({ userId, event }),
    onDeviceRevoked(deviceId, isReplaced) {
      authenticator.forget(deviceId);
      revoked.push(deviceId);
      if (isReplaced) replaced.push(deviceId);
    },
  });
  const passwords = options.passwords ?? (await createPasswords(random));
  const sessions = createSessions({ accounts, devices, passwords, accessTokens, refreshTokens, clock, random });
  const bus = createInProcessBus();
  const logic = options.logic ?? createLogic({ store, bus, clock, logger });
  const apiKeys = createApiKeys({ accounts, clock, random, givenKeyHash: hashApiKey(GIVEN_KEY) });
  const api = await createApi({
    rest: {
      accounts,
      authenticator,
      sessions,
      devices,
      apiKeys,
      allocations: options.allocations ?? allocationsAlone,
      groups: {
        createGroup: (creator, group) => createGroup({ store, bus, clock, random }, creator, group),
        previewGroup: (conversationId, linkCode) => previewGroup(store, conversationId, linkCode),
        ...options.groups,
      },
      speaking: { store, logic, clock, random },
      linkPreviews: options.linkPreviews,
    },
    config: { ...loadConfig({ env: {} }), ...config },
    logger,
    version: '0.0.0',
    health: options.health ?? (() => 'ok'),
    gateway: {
      measured: {
        connectionCount: () => 0,
        handshakes: () => ({ admitted: 7, refused: 3 }),
        lagBytes: () => 4_096,
        loadLevel: () => 2,
        shed: () => [['comparison', 5]],
      },
      polling: options.polling ?? new Polling({ accept: () => undefined, frameBytesMax: 1_000, clock, random }),
    },
  });
  return { api, clock, accounts, accessTokens, apiKeys, userEvents, revoked, replaced };
}

export const ada = { handle: 'Ada', password: 'analytical engine', displayName: 'Ada Lovelace' };

export const bearer = (accessToken: string) => ({ authorization: `Bearer ${accessToken}` });
