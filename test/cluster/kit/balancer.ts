import { once } from 'node:events';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { freePort } from '../../../packages/server/testing/free-port.ts';

const HOST = '127.0.0.1';

export interface BalancerParts {
  /** Where the gateways listen. */
  ports: readonly number[];
  /**
   * `round-robin`: each connection to the next gateway. `sticky`: all to the same one as long as it takes them, which is
   * what long polling needs, whose requests come over several connections.
   */
  order: 'round-robin' | 'sticky';
  /** Whether a gateway is to get new connections. */
  isHealthy: (port: number) => boolean;
}

/** Passes connections on to gateways, as an operator's balancer does, and knows nothing of what goes over them. */
export class Balancer {
  readonly port: number;
  readonly #server: Server;
  readonly #parts: BalancerParts;
  readonly #held = new Map<number, Set<Socket>>();
  #next = 0;

  private constructor(port: number, parts: BalancerParts) {
    this.port = port;
    this.#parts = parts;
    this.#server = createServer((client) => {
      client.on('error', () => client.destroy());
      this.#passOn(client, this.#candidates());
    });
  }

  static async listen(parts: BalancerParts): Promise<Balancer> {
    const balancer = new Balancer(await freePort(), parts);
    balancer.#server.listen(balancer.port, HOST);
    await once(balancer.#server, 'listening');
    return balancer;
  }

  /** Connections that are passed on to the gateway behind `port`. */
  count(port: number): number {
    return this.#held.get(port)?.size ?? 0;
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const sockets of this.#held.values()) for (const socket of sockets) socket.destroy();
    await once(this.#server, 'close');
  }

  /** All gateways, each once: the one whose turn it is first, and those that are not well last. */
  #candidates(): number[] {
    const { ports, isHealthy } = this.#parts;
    const turns = ports.map((_, index) => ports[(this.#next + index) % ports.length] ?? 0);
    return [...turns.filter(isHealthy), ...turns.filter((port) => !isHealthy(port))];
  }

  #passOn(client: Socket, [port, ...others]: number[]): void {
    if (port === undefined || client.destroyed) {
      client.destroy();
      return;
    }
    const gateway = createConnection({ host: HOST, port });
    const next = () => this.#passOn(client, others);
    gateway.once('error', next);
    gateway.once('connect', () => {
      gateway.off('error', next);
      this.#join(client, gateway, port);
    });
  }

  #join(client: Socket, gateway: Socket, port: number): void {
    const { ports, order } = this.#parts;
    this.#next = ports.indexOf(port) + (order === 'round-robin' ? 1 : 0);
    const held = this.#held.get(port) ?? new Set();
    this.#held.set(port, held.add(client));
    client.once('close', () => {
      held.delete(client);
      gateway.destroy();
    });
    gateway.on('error', () => gateway.destroy());
    gateway.once('close', () => client.destroy());
    if (client.destroyed) gateway.destroy();
    client.pipe(gateway).pipe(client);
  }
}
