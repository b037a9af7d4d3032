import { startNats, type TestNats } from '../../../packages/server/adapters/broker/nats/testing/server.ts';
import {
  startServer as startPostgres,
  type TestServer as TestPostgres,
} from '../../../packages/server/adapters/store/postgres/testing/server.ts';
import { ServerProcess } from '../../e2e/kit/server-process.ts';
import type { Role } from '../../faults/kit/cast.ts';
import type { Access, Place } from '../../faults/kit/world.ts';
import { Balancer } from './balancer.ts';
import { HealthChecks } from './health-checks.ts';

const GATEWAYS = 3;
const LOGIC_NODES = 2;

interface ClusterParts {
  postgres: TestPostgres;
  nats: TestNats;
  gateways: ServerProcess[];
  logicNodes: ServerProcess[];
  api: ServerProcess;
  worker: ServerProcess;
}

/** PostgreSQL, NATS and nodes of every role, each a process, and a balancer in front of the gateways. */
export class Cluster implements Place {
  readonly postgres: TestPostgres;
  readonly nats: TestNats;
  readonly gateways: readonly ServerProcess[];
  readonly logicNodes: readonly ServerProcess[];
  readonly api: ServerProcess;
  readonly worker: ServerProcess;
  readonly #health: HealthChecks;
  readonly #http: Balancer;
  readonly #tcp: Balancer;
  readonly #polling: Balancer;

  private constructor(parts: ClusterParts, health: HealthChecks, [http, tcp, polling]: [Balancer, Balancer, Balancer]) {
    this.postgres = parts.postgres;
    this.nats = parts.nats;
    this.gateways = parts.gateways;
    this.logicNodes = parts.logicNodes;
    this.api = parts.api;
    this.worker = parts.worker;
    this.#health = health;
    this.#http = http;
    this.#tcp = tcp;
    this.#polling = polling;
  }

  /** Rejects, with what to install, when PostgreSQL or NATS cannot be had. */
  static async start(): Promise<Cluster> {
    const started = new AsyncDisposableStack();
    try {
      const nats = started.use(await startNats());
      const shared = ['--broker', nats.url, '--log-level', 'warn'];
      const node = async (role: string, also: readonly string[] = []) => {
        const prepared = await ServerProcess.prepare(['--roles', role, ...shared, ...also]);
        started.defer(() => prepared.dispose());
        await prepared.start();
        return prepared;
      };
      const several = (count: number, make: () => Promise<ServerProcess>) =>
        Promise.all(Array.from({ length: count }, make));
      const starting = several(GATEWAYS, () => node('gateway'));
      const postgres = started.use(await startPostgres());
      const store = ['--store', postgres.url];
      const [gateways, logicNodes, api, worker] = await Promise.all([
        starting,
        several(LOGIC_NODES, () => node('logic', store)),
        node('api', store),
        node('worker', store),
      ]);
      const httpPorts = gateways.map(({ port }) => port);
      const health = new HealthChecks(httpPorts);
      started.defer(() => health.close());
      const isTcpHealthy = (tcpPort: number) => {
        const gateway = gateways.find((candidate) => candidate.tcpPort === tcpPort);
        return gateway !== undefined && health.isHealthy(gateway.port);
      };
      const tcpPorts = gateways.map(({ tcpPort }) => tcpPort);
      const { isHealthy } = health;
      const balancers: [Balancer, Balancer, Balancer] = [
        await Balancer.listen({ ports: httpPorts, order: 'round-robin', isHealthy }),
        await Balancer.listen({ ports: tcpPorts, order: 'round-robin', isHealthy: isTcpHealthy }),
        await Balancer.listen({ ports: httpPorts, order: 'sticky', isHealthy }),
      ];
      return new Cluster({ postgres, nats, gateways, logicNodes, api, worker }, health, balancers);
    } catch (error) {
      await started.disposeAsync();
      throw error;
    }
  }

  get nodes(): ServerProcess[] {
    return [...this.gateways, ...this.logicNodes, this.api, this.worker];
  }

  /** What the nodes complained of, for people who want to know why. */
  get output(): string {
    return this.nodes.map(({ port, output }) => `--- ${port}\n${output}`).join('\n');
  }

  get judged(): Access {
    return { url: this.api.url, port: this.#http.port, tcpPort: this.#tcp.port };
  }

  accessOf({ transport }: Role): Access {
    return transport === 'poll' ? { ...this.judged, port: this.#polling.port } : this.judged;
  }

  /** The gateway with the most connections: a fault of another one might be nobody's. */
  get busiestGateway(): ServerProcess {
    const connections = ({ port, tcpPort }: ServerProcess) =>
      this.#http.count(port) + this.#tcp.count(tcpPort) + Math.min(1, this.#polling.count(port));
    const [busiest] = this.gateways.toSorted((one, other) => connections(other) - connections(one));
    if (busiest === undefined) throw new Error('a cluster without a gateway');
    return busiest;
  }

  async dispose(): Promise<void> {
    this.#health.close();
    await Promise.all([this.#http, this.#tcp, this.#polling].map((balancer) => balancer.close()));
    await Promise.all(this.nodes.map((node) => node.dispose()));
    await Promise.all([this.nats[Symbol.asyncDispose](), this.postgres[Symbol.asyncDispose]()]);
  }
}
