import type { Broker, Clock, Identity, Logger, Store } from '@hongyan/core';
import type { ConversationId, DeviceId } from '@hongyan/protocol';
import { Role } from '@hongyan/protocol/cluster';
import { createInProcessBus } from '../adapters/bus/inprocess/bus.ts';
import { createMemoryStore } from '../adapters/store/memory/index.ts';
import {
  createAccessTokens,
  createAuthenticator,
  lookUpSignedOut,
  type RevocableAuthenticator,
} from '../auth/index.ts';
import { Announcer, REMEMBERED_MS_MAX, Roster, Subjects, shareRevocations } from '../cluster/index.ts';
import { createLogic } from '../logic/index.ts';
import { LogicService, Relay } from '../relay/index.ts';
import { ManualClock } from './manual-clock.ts';
import { NodeProcess } from './node-process.ts';
import { testId } from './people.ts';

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };
const defer = queueMicrotask;

/** What is used of the testkit's BrokerNetwork, which only tests may name. */
interface Network {
  connect(nodeId: string, process: NodeProcess): Broker;
  leave(nodeId: string): void;
  restore(isConcerned?: (nodeId: string) => boolean): void;
}

interface NetworkParts {
  clock: Clock;
  passage: (from: string, to: string) => { arrives: false } | { arrives: true; afterMs: number };
}

interface ClusterNode {
  process: NodeProcess;
  broker: Broker;
  roster: Roster;
  announcer: Announcer;
}

interface LogicNode {
  process: NodeProcess;
  service: LogicService;
  announcer: Announcer;
  authenticator: RevocableAuthenticator;
  /** Signs a device out, as this node's REST API does. */
  signOut: (deviceId: DeviceId) => Promise<void>;
  /** Which of these devices are. */
  signedOut: (deviceIds: readonly DeviceId[]) => Promise<readonly DeviceId[]>;
}

/** A gateway's relay and nodes with logic over one store, in one process; time stands still until a test moves it. */
export class RelayWorld {
  readonly clock = new ManualClock();
  readonly network: Network;
  readonly subjects = new Subjects('test');
  readonly relay: Relay;
  readonly accessTokens = createAccessTokens(new Uint8Array(32).fill(7), this.clock);
  /** Sessions whose devices were reported to have been forgotten. */
  readonly forgotten: string[] = [];
  /** Every message on its way, by its ends. */
  readonly carried: string[] = [];
  /** Decides for each message whether it is lost. */
  isLost: (from: string, to: string) => boolean = () => false;
  readonly store: Store;

  constructor(makeNetwork: (parts: NetworkParts) => Network, store: Store = createMemoryStore()) {
    this.store = store;
    const { clock, subjects } = this;
    this.network = makeNetwork({
      clock: { now: clock.now, schedule: atOnce },
      passage: (from, to) => {
        this.carried.push(`${from} ${to}`);
        return this.isLost(from, to) ? { arrives: false } : { arrives: true, afterMs: 0 };
      },
    });
    const { broker, roster } = this.#join('gateway', [Role.GATEWAY]);
    const onForgotten = (sessionIds: ReadonlySet<string>) => void this.forgotten.push(...sessionIds);
    this.relay = new Relay({ gatewayId: 'gateway', broker, subjects, roster, clock, defer, onForgotten });
  }

  /** A device of the account, and a token of its. */
  async addDevice({ userId, deviceId }: Identity): Promise<string> {
    const hashes = { refreshHash: '', previousRefreshHash: '' };
    const times = { createdAtMs: 0, lastSeenAtMs: 0 };
    await this.store.accounts.createDevice({ userId, deviceId, name: '', kind: 'web', ...times, ...hashes });
    return (await this.accessTokens.issue({ userId, deviceId })).accessToken;
  }

  /** The accounts `testId('u', n)`, n from 1. */
  async addPeople(count: number): Promise<void> {
    for (let n = 1; n <= count; n++) {
      const names = { handle: `person${n}`, displayName: '', statusLine: '', passwordHash: '' };
      await this.store.accounts.createUser({ userId: testId('u', n), ...names, createdAtMs: 0 });
    }
  }

  /** Another node with logic; the others hear of it at once. */
  logicNode(nodeId: string): LogicNode {
    const { subjects } = this;
    const { process, broker, roster, announcer } = this.#join(nodeId, [Role.LOGIC]);
    const { store, accessTokens } = this;
    const { accounts } = store;
    const parts = { store, clock: process.clock, logger: silent };
    const logic = createLogic({ ...parts, bus: createInProcessBus() });
    const rememberedMsMax = REMEMBERED_MS_MAX;
    const authenticator = createAuthenticator({ accessTokens, accounts, clock: process.clock, rememberedMsMax });
    const signedOut = (deviceIds: readonly DeviceId[]) => lookUpSignedOut({ accounts, authenticator }, deviceIds);
    const revoke = (deviceId: DeviceId) => authenticator.forget(deviceId);
    const onMissed = () => authenticator.forgetAll();
    const tellRevoked = shareRevocations({ broker, subjects, revoke, onMissed });
    const signOut = async (deviceId: DeviceId) => {
      await accounts.deleteDevice(deviceId, { reason: 'revoked', byName: '' }, 0);
      revoke(deviceId);
      tellRevoked(deviceId, false);
    };
    const own = { nodeId, broker, subjects, roster, announcer, logic, authenticator, signedOut, defer };
    return { process, announcer, authenticator, signOut, signedOut, service: new LogicService({ ...parts, ...own }) };
  }

  /** The client message ids of a conversation's log. */
  async messagesIn(conversationId: ConversationId): Promise<string[]> {
    const window = { afterSeq: 0, beforeSeq: 10_000, limit: 10_000, bytesMax: 1_000_000, from: 'oldest' } as const;
    const entries = await this.store.log.read({ conversationId, ...window });
    return entries.map(({ clientMessageId }) => clientMessageId);
  }

  /** A node that announces itself. */
  #join(nodeId: string, roles: readonly Role[]): ClusterNode {
    const { subjects } = this;
    const process = new NodeProcess(this.clock, () => this.network.leave(nodeId));
    const { clock } = process;
    const broker = this.network.connect(nodeId, process);
    const gateway = () => undefined;
    const announcer = new Announcer({ broker, subjects, clock, nodeId, roles, gateway });
    const roster = new Roster({ broker, subjects, clock, onAsked: () => announcer.announce() });
    broker.onRestored(() => announcer.restored());
    announcer.start();
    return { process, broker, roster, announcer };
  }
}

function atOnce(_delayMs: number, task: () => void): () => void {
  queueMicrotask(task);
  return () => undefined;
}
