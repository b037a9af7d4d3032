import { loadConfig, type RunningServer, startServer } from '@hongyan/server';
import { startNats } from '@hongyan/server/adapters/broker/nats/testing/server.ts';
import { startServer as startPostgres } from '@hongyan/server/adapters/store/postgres/testing/server.ts';
import { freePort } from '@hongyan/server/testing/free-port.ts';

export interface ClusterNode {
  readonly url: string;
  /** Open connections of devices. */
  connectionCount(): Promise<number>;
  /** Idempotent. */
  drain(): Promise<void>;
}

type Settings = Record<string, string>;

let clusters = 0;

/** Nodes in this process, on a NATS and a PostgreSQL of their own. */
export class Cluster {
  readonly #broker: string;
  readonly #store: string;
  readonly #resources: AsyncDisposableStack;
  #name = '';
  #nodes: RunningServer[] = [];

  private constructor(broker: string, store: string, resources: AsyncDisposableStack) {
    this.#broker = broker;
    this.#store = store;
    this.#resources = resources;
  }

  static async create(): Promise<Cluster> {
    const resources = new AsyncDisposableStack();
    const nats = resources.use(await startNats());
    const postgres = resources.use(await startPostgres());
    return new Cluster(nats.url, postgres.url, resources);
  }

  /** New nodes do not know those that were started before; the accounts stay. */
  begin(): void {
    clusters += 1;
    this.#name = `cluster-${clusters}`;
  }

  async end(): Promise<void> {
    await Promise.all(this.#nodes.splice(0).map((node) => node.drain()));
  }

  async dispose(): Promise<void> {
    await this.end();
    await this.#resources.disposeAsync();
  }

  /** What is no gateway: REST, the web client, and logic unless it is told otherwise. */
  api(settings: Settings = {}): Promise<ClusterNode> {
    return this.#start({ roles: 'api,logic,worker', ...settings });
  }

  /** A gateway at an address of its own. */
  async gateway(settings: Settings = {}): Promise<ClusterNode> {
    const port = settings.port ?? String(await freePort());
    return this.#start({ roles: 'gateway', port, publicUrl: `http://127.0.0.1:${port}`, ...settings });
  }

  async #start(settings: Settings): Promise<ClusterNode> {
    const defaults = {
      ...{ host: '127.0.0.1', port: '0', tcpPort: '0', logLevel: 'silent', metrics: 'on' },
      ...{ registrationsPerMinute: '0', signInsPerMinute: '0' },
      ...{ broker: this.#broker, store: this.#store, clusterName: this.#name },
      ...settings,
    };
    const server = await startServer(loadConfig({ env: {}, defaults }));
    this.#nodes.push(server);
    const url = `http://127.0.0.1:${server.address.port}`;
    return {
      url,
      drain: () => server.drain(),
      async connectionCount() {
        const metrics = await (await fetch(`${url}/metrics`)).text();
        return Number(/^hongyan_gateway_connections (\d+)$/m.exec(metrics)?.[1]);
      },
    };
  }
}
