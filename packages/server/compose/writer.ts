import type { AccountStore, Clock } from '@hongyan/core/ports';
import type { ConversationId, UserId } from '@hongyan/protocol';
import { createInProcessBus } from '../adapters/bus/inprocess/bus.ts';
import { createAuth, type Sessions } from '../auth/index.ts';
import type { Config } from '../config.ts';
import { createLogger } from '../log.ts';
import { type Answer, ask, createGroup, createLogic, type LogicCommandBody, type NewGroup } from '../logic/index.ts';
import { systemRandom as random } from '../system.ts';
import { openStore } from './engines.ts';

/**
 * The server's decisions without a server: what is written is decided, checked and kept as anything that a device asks for, at
 * the time that the caller's clock says. For filling an installation with what was said before it was there.
 */
export interface OpenedWriter extends AsyncDisposable {
  sessions: Pick<Sessions, 'register'>;
  accounts: Pick<AccountStore, 'createUser' | 'updateProfile'>;
  /** Rejects as `createGroup` does. */
  createGroup(creator: UserId, group: NewGroup): Promise<ConversationId>;
  /** Carries a command out as one of the account's devices. Rejects with ProtocolError or StoreError. */
  ask(caller: { userId: UserId; deviceId: string }, body: LogicCommandBody): Promise<Answer>;
}

/** Nobody else may have the store open. Rejects with StartError. */
export async function openWriter(config: Config, clock: Clock): Promise<OpenedWriter> {
  const failed = (error: Error): never => {
    throw error;
  };
  const store = await openStore(config, { failed, troubled: () => {}, noted: () => {} });
  const bus = createInProcessBus();
  const logger = createLogger({ level: config.logLevel });
  const auth = await createAuth({
    ...{ store, clock, random, policy: config.devicePolicy },
    onUserEvent: () => {},
    onDeviceRevoked: () => {},
  });
  const logic = createLogic({ store, bus, clock, logger });
  return {
    sessions: auth.sessions,
    accounts: store.accounts,
    createGroup: (creator, group) => createGroup({ store, bus, clock, random }, creator, group),
    ask: (caller, body) => ask({ logic, clock }, caller, body),
    async [Symbol.asyncDispose]() {
      await logic.drain();
      await auth.close();
      await store.close();
    },
  };
}
