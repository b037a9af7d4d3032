import { startNats } from '../../../packages/server/adapters/broker/nats/testing/server.ts';
import { startServer as startPostgres } from '../../../packages/server/adapters/store/postgres/testing/server.ts';
import { ServerProcess } from '../../e2e/kit/server-process.ts';
import { type NodeCommand, readmeCluster } from './readme-cluster.ts';

/** The cluster of README.md with real engines, and each of its ports replaced by a free one. */
export interface Cluster extends AsyncDisposable {
  readonly gateways: readonly ServerProcess[];
  /** By the port that README.md and the files in `ops/` name. */
  readonly ports: ReadonlyMap<string, number>;
}

/** As many as the server lets one address do unless it is told otherwise. */
const REGISTRATIONS_PER_MINUTE = '30';

/** Rejects, with what to install, when PostgreSQL or NATS cannot be had. */
export async function startCluster(): Promise<Cluster> {
  const parts = new AsyncDisposableStack();
  try {
    const { settings, nodes } = readmeCluster();
    const nats = parts.use(await startNats());
    const postgres = parts.use(await startPostgres());
    const engines = { store: postgres.url, broker: nats.url };
    const limits = { metrics: 'on', 'registrations-per-minute': REGISTRATIONS_PER_MINUTE };
    const ports = new Map<string, number>();
    const start = async (command: NodeCommand) => {
      const { port, 'tcp-port': tcpPort, ...options } = command;
      const flags = Object.entries({ ...settings, ...options, ...engines, ...limits });
      const node = await ServerProcess.prepare(flags.flatMap(([name, value]) => [`--${name}`, value]));
      parts.defer(() => node.dispose());
      if (port !== undefined) ports.set(port, node.port);
      if (tcpPort !== undefined) ports.set(tcpPort, node.tcpPort);
      await node.start();
      return node;
    };
    const started = await Promise.all(nodes.map(start));
    const gateways = started.filter((_, at) => nodes[at]?.roles === 'gateway');
    return { gateways, ports, [Symbol.asyncDispose]: () => parts.disposeAsync() };
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}
