import type { Target, Transport } from '../wire/raw-connection.ts';
import { type Account, createAccount } from '../wire/running-server.ts';

/** The server that is tested, and how it is reached. */
export interface Door {
  target: Target;
  transport: Transport;
}

/** What a case is given: a server, a transport, and as many accounts of its own as it asks for. */
export interface World {
  door: Door;
  account(name: string): Promise<Account>;
}

export function worldAt(url: string, door: Door): World {
  const unique = crypto.randomUUID().slice(0, 8);
  return { door, account: (name) => createAccount(url, `${name}-${unique}`) };
}

/** Something that a rule demands of every server. Resolves when the server does it, rejects when it does not. */
export interface Case {
  /** One rule, or several that it shows together. */
  rule: string;
  title: string;
  run(world: World): Promise<void>;
}
