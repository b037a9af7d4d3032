import type { Broker, Bus, Clock, Logger, Random } from '@hongyan/core';
import { ID_LENGTH, idFromBytes } from '@hongyan/protocol';
import { type GatewayLoad, Role } from '@hongyan/protocol/cluster';
import { Announcer } from '../cluster/announcer.ts';
import { BrokerBus } from '../cluster/broker-bus.ts';
import { Roster } from '../cluster/roster.ts';
import { Subjects } from '../cluster/subjects.ts';
import type { Config } from '../config.ts';
import { defer } from '../system.ts';

export const roleNumbers = {
  gateway: Role.GATEWAY,
  logic: Role.LOGIC,
  api: Role.API,
  worker: Role.WORKER,
} as const;

export interface ClusterParts {
  broker: Broker;
  config: Pick<Config, 'clusterName' | 'roles'>;
  clock: Clock;
  random: Random;
  logger: Logger;
  /** Carries pushes within this node. */
  local: Bus;
  /** Asked about once a second; undefined on a node that is no gateway. */
  gatewayLoad: () => GatewayLoad | undefined;
}

/** This node among the others. */
export interface Cluster {
  readonly nodeId: string;
  readonly broker: Broker;
  readonly subjects: Subjects;
  readonly roster: Roster;
  readonly announcer: Announcer;
  readonly bus: Bus;
  close(): void;
}

/** Gets to know the other nodes. They hear of this one when the announcer starts. */
export function joinCluster(parts: ClusterParts): Cluster {
  const { broker, config, clock, random, logger, local, gatewayLoad } = parts;
  const nodeId = idFromBytes('n', random.bytes(ID_LENGTH));
  const subjects = new Subjects(config.clusterName);
  const roles = config.roles.map((role) => roleNumbers[role]);
  const announcer = new Announcer({ broker, subjects, clock, nodeId, roles, gateway: gatewayLoad });
  const roster = new Roster({ broker, subjects, clock, onAsked: () => announcer.announce() });
  broker.onRestored(() => {
    logger.warn({}, 'the broker is back; what was sent meanwhile is lost');
    announcer.restored();
  });
  return {
    nodeId,
    broker,
    subjects,
    roster,
    announcer,
    bus: new BrokerBus({ broker, subjects, roster, local, defer }),
    close() {
      announcer.stop();
      roster.close();
    },
  };
}
