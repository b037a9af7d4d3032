import type { Bus } from '@hongyan/core/ports';
import type { RestOptions } from '../api/index.ts';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { createGroup, type Logic, previewGroup } from '../logic/index.ts';
import { createNetwork, hostOf, LinkPreviews } from '../previews/index.ts';
import { systemClock as clock, systemRandom as random } from '../system.ts';
import { openAllocations } from './allocation.ts';
import type { Backend } from './backend.ts';
import type { Cluster } from './cluster.ts';

/** What the API works with, and what it has to be told of the node's life. */
export interface NodeRest {
  options: RestOptions;
  /** The node is announced. */
  start(): void;
  close(): void;
}

export interface RestParts {
  config: Config;
  cluster: Cluster | undefined;
  bus: Bus;
  logger: Logger;
  /** In this process, or on other nodes. */
  logic: Logic;
}

/** For a node with the role `api`. */
export function openRest({ store, auth }: Backend, { config, cluster, bus, logger, logic }: RestParts): NodeRest {
  const desk = openAllocations({ cluster, config, tickets: auth.tickets, clock, random });
  const ownHosts = config.publicUrl === '' ? [] : [hostOf(new URL(config.publicUrl))];
  const linkPreviews = config.linkPreviews
    ? new LinkPreviews({ network: createNetwork(), clock, logger, ownHosts })
    : undefined;
  const options: RestOptions = {
    accounts: store.accounts,
    ...auth,
    allocations: desk.allocations,
    groups: {
      createGroup: (creator, group) => createGroup({ store, bus, clock, random }, creator, group),
      previewGroup: (conversationId, linkCode) => previewGroup(store, conversationId, linkCode),
    },
    speaking: { store, logic, clock, random },
    linkPreviews,
  };
  const close = () => {
    desk.close();
    linkPreviews?.close();
  };
  return { options, start: () => desk.start(), close };
}
