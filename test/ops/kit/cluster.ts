import { startNats } from '../../../packages/server/adapters/broker/nats/testing/server.ts';
import { startServer as startPostgres } from '../../../packages/server/adapters/store/postgres/testing/server.ts';
import { freePort } from './free-port.ts';
import { Node } from './node.ts';
import { readmeCluster } from './readme-cluster.ts';

/** The cluster of README.md with real engines, and each of its ports replaced by a free one. */
export interface Cluster extends AsyncDisposable {
  readonly api: Node;
  readonly gateways: readonly Node[];
  readonly logic: readonly Node[];
  /** By the port that README.md and the files in `ops/` name. */
  readonly ports: ReadonlyMap<string, number>;
}

/** Rejects, with what to install, when PostgreSQL or NATS cannot be had. */
export async function startCluster(): Promise<Cluster> {
  const parts = new AsyncDisposableStack();
  try {
    const { variables, nodes } = await readmeCluster();
    const [nats, postgres] = await Promise.all([startNats(), startPostgres()]);
    parts.use(nats);
    parts.use(postgres);
    const engines = { HONGYAN_STORE: postgres.url, HONGYAN_BROKER: nats.url, HONGYAN_METRICS: 'on' };
    const ports = new Map<string, number>();
    const started = await Promise.all(
      nodes.map(async ({ roles, options }) => {
        const replaced = await withFreePorts(options, ports);
        const node = await Node.start({ options: replaced, variables: { ...variables, ...engines } });
        parts.use(node);
        return { roles, node };
      }),
    );
    const having = (role: string) => started.filter(({ roles }) => roles === role).map(({ node }) => node);
    const [api] = having('api');
    if (api === undefined) throw new Error('README.md starts no API node');
    const [gateways, logic] = [having('gateway'), having('logic')];
    return { api, gateways, logic, ports, [Symbol.asyncDispose]: () => parts.disposeAsync() };
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

async function withFreePorts(options: Readonly<Record<string, string>>, ports: Map<string, number>) {
  const replaced: Record<string, string> = { ...options };
  for (const name of ['port', 'tcp-port']) {
    const named = options[name];
    if (named === undefined) continue;
    const port = await freePort();
    ports.set(named, port);
    replaced[name] = String(port);
  }
  return replaced;
}
