import { FaultyProxy } from '@hongyan/testkit/proxy';
import { SeededRandom } from '@hongyan/testkit/random';
import type { Observation } from '../../../packages/testkit/observation.ts';
import type { ServerProcess } from '../../e2e/kit/server-process.ts';
import { cast, type Role } from './cast.ts';
import { type Access, World } from './world.ts';

const HOST = '127.0.0.1';

/** Real clients at one real server, some of them over ways that can be made bad. */
export class FaultWorld extends World {
  readonly server: ServerProcess;
  readonly proxies: { http: FaultyProxy; tcp: FaultyProxy };

  private constructor(
    server: ServerProcess,
    proxies: FaultWorld['proxies'],
    random: SeededRandom,
    observe: ((observation: Observation) => void) | undefined,
  ) {
    const { url, port, tcpPort } = server;
    const direct: Access = { url, port, tcpPort };
    const { http, tcp } = proxies;
    const proxied: Access = { url: `http://${HOST}:${http.port}`, port: http.port, tcpPort: tcp.port };
    const place = {
      accessOf: ({ way }: Role) => (way === 'direct' ? direct : proxied),
      judged: direct,
      dispose: async () => void (await Promise.all([http.close(), tcp.close(), server.dispose()])),
    };
    super({ place, cast, random, observe });
    this.server = server;
    this.proxies = proxies;
  }

  /** `observe` is shown everything, too. */
  static async create(
    server: ServerProcess,
    seed: number,
    observe?: (observation: Observation) => void,
  ): Promise<FaultWorld> {
    const random = new SeededRandom(seed);
    const proxies = {
      http: await FaultyProxy.to({ host: HOST, port: server.port }, random.fork()),
      tcp: await FaultyProxy.to({ host: HOST, port: server.tcpPort }, random.fork()),
    };
    const world = new FaultWorld(server, proxies, random, observe);
    await world.populate();
    return world;
  }

  /** Ends the server at once, starts it again on what `meanwhile` leaves of its data, and lets the judge see what it has. */
  async crashServer(meanwhile: () => Promise<void> = async () => {}): Promise<void> {
    await this.server.end('SIGKILL');
    await meanwhile();
    this.observe({ kind: 'server-crashed' });
    await this.server.start();
    this.observe({ kind: 'server-started' });
    await this.audit();
  }
}
