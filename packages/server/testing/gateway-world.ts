import type { Identity, Logger, Store } from '@hongyan/core';
import type { SightChanged } from '@hongyan/protocol/cluster';
import { createInProcessBus } from '../adapters/bus/inprocess/bus.ts';
import { createMemoryStore } from '../adapters/store/memory/index.ts';
import { Gateway, type GatewayParts } from '../gateway/gateway.ts';
import { createLogic, type Relations, type RunningLogic } from '../logic/index.ts';
import { ManualClock } from './manual-clock.ts';
import { Peer, type StatedHello } from './peer.ts';
import { anna, annasPhone, boris, carla } from './people.ts';

const identities: Record<string, Identity> = { anna, annasPhone, boris, carla };
const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** Lets everything happen that needs no time. */
export const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

type WorldParts = Partial<GatewayParts> & { relations?: Relations };

/** Gateway and logic over a store that knows Anna, Boris and Carla; their tokens are their names. */
export class GatewayWorld {
  readonly clock = new ManualClock();
  readonly store: Store;
  readonly logic: RunningLogic;
  readonly gateway: Gateway;
  readonly bus = createInProcessBus();

  constructor(store: Store, parts: WorldParts = {}) {
    this.store = store;
    const { clock, bus } = this;
    const { relations } = parts;
    const onSightChanged = (changed: SightChanged) => this.gateway.presence.sightChanged(changed);
    this.logic = createLogic({ store, bus, clock, logger: silent, relations, onSightChanged });
    let sessions = 0;
    this.gateway = new Gateway({
      logic: this.logic,
      bus,
      clock,
      logger: silent,
      authenticator: { authenticate: async (token) => identities[token] },
      random: { bytes: (count) => new Uint8Array(count).fill(++sessions) },
      defer: queueMicrotask,
      ...parts,
    });
  }

  static async create(parts: WorldParts = {}): Promise<GatewayWorld> {
    const store = createMemoryStore();
    for (const [handle, { userId }] of Object.entries({ anna, boris, carla })) {
      const names = { handle, displayName: handle, statusLine: '', passwordHash: '' };
      await store.accounts.createUser({ userId, ...names, createdAtMs: 0 });
    }
    return new GatewayWorld(store, parts);
  }

  /** A connection whose Hello was said and answered. */
  async online(token: string, hello: StatedHello = {}): Promise<Peer> {
    const peer = new Peer(this.gateway);
    peer.hello(token, hello);
    await settle();
    return peer;
  }
}
