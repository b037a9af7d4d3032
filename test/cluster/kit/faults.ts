import { setTimeout as wait } from 'node:timers/promises';
import type { ServerProcess } from '../../e2e/kit/server-process.ts';
import type { Fault } from '../../faults/kit/fault.ts';
import type { Cluster } from './cluster.ts';
import type { ClusterWorld } from './cluster-world.ts';

const SHORT_FREEZE_MS = 1_000;
/** Longer than a command may take, and than it takes to find out that a node is silent. */
const LOGIC_FREEZE_MS = 20_000;
/** Longer than both sides of a connection put up with silence. */
const GATEWAY_FREEZE_MS = 70_000;
const BROKER_AWAY_MS = 5_000;

type ClusterFault = Fault<ClusterWorld>;
type Pick = (world: ClusterWorld) => ServerProcess;

const gateway: Pick = ({ cluster }) => cluster.busiestGateway;
const logic: Pick = ({ cluster, random }) => random.pick(cluster.logicNodes);
const api: Pick = ({ cluster }) => cluster.api;
const worker: Pick = ({ cluster }) => cluster.worker;

/** Others do its work before it is there again. */
const kill = (pick: Pick) => async (world: ClusterWorld) => {
  const node = pick(world);
  await node.end('SIGKILL');
  await world.everybodySpeaks();
  await node.start();
};

const freeze = (pick: Pick, durationMs: number) => async (world: ClusterWorld) => {
  const { pid } = pick(world);
  process.kill(pid, 'SIGSTOP');
  await wait(durationMs);
  process.kill(pid, 'SIGCONT');
};

const restartBroker = async ({ cluster }: ClusterWorld, awayMs: number) => {
  await cluster.nats.kill();
  await wait(awayMs);
  await cluster.nats.start();
};

const killDatabase = async ({ cluster }: ClusterWorld) => {
  await cluster.postgres.kill();
  await cluster.postgres.start();
};

const killAllLogic = async ({ cluster }: ClusterWorld) => {
  await Promise.all(cluster.logicNodes.map((node) => node.end('SIGKILL')));
  await Promise.all(cluster.logicNodes.map((node) => node.start()));
};

/** Ends a node in order and starts it again. Throws when it does not end well. */
export async function restart(node: ServerProcess): Promise<void> {
  const exitCode = await node.end('SIGTERM');
  if (exitCode !== 0) throw new Error(`a node that was to stop ended with ${exitCode}:\n${node.output}`);
  await node.start();
}

const restartAll = async ({ nodes, nats, postgres }: Cluster) => {
  for (const node of nodes) await restart(node);
  await nats.stop();
  await nats.start();
  await postgres.stop();
  await postgres.start();
};

/** NATS comes last: gateways that waited long for answers do without new messages for some seconds (LOD-5). */
export const kills: readonly ClusterFault[] = [
  ['a gateway is killed', kill(gateway)],
  ['a node with logic is killed', kill(logic)],
  ['the worker is killed', kill(worker)],
  ['the API node is killed', kill(api)],
  ['both nodes with logic are killed at once', killAllLogic],
  ['PostgreSQL is killed and started again', killDatabase],
  ['NATS is killed and started again', (world) => restartBroker(world, 0)],
  ['NATS is killed and away for 5 s', (world) => restartBroker(world, BROKER_AWAY_MS)],
];

export const freezes: readonly ClusterFault[] = [
  ['a gateway stands still for 1 s', freeze(gateway, SHORT_FREEZE_MS)],
  ['a node with logic stands still for 1 s', freeze(logic, SHORT_FREEZE_MS)],
  ['a node with logic stands still for 20 s', freeze(logic, LOGIC_FREEZE_MS)],
];

/** Takes longer than a test may. */
export const longFreezes: readonly ClusterFault[] = [
  ['a gateway stands still for 70 s', freeze(gateway, GATEWAY_FREEZE_MS)],
];

export const restarts: readonly ClusterFault[] = [
  ['everything is restarted in order, one after another', ({ cluster }) => restartAll(cluster)],
];
