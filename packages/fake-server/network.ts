import type { ClientOptions, Transport } from '@hongyan/sdk';
import type { Door } from '@hongyan/server/gateway';
import { Link } from './link.ts';

/** What a network leads to. */
export interface Destination {
  /** Undefined while the server is stopped. */
  door(): Door | undefined;
  answer(request: Request): Promise<Response>;
}

/** What lies between some devices and the server. Everything arrives in order, and nothing is lost but by `drop`. */
export class Network {
  /** How long anything takes to get to the other side; 0: it is there as soon as what runs now has run. */
  latencyMs = 0;
  readonly #destination: Destination;
  readonly #links = new Set<Link>();
  #isUp = true;

  constructor(destination: Destination) {
    this.#destination = destination;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Ends all connections, loses what is under way, and lets nothing through, requests included, until `restore`. */
  drop(): void {
    this.#isUp = false;
    for (const link of this.#links) link.cut();
    this.#links.clear();
  }

  /** Connections can be made again. Clients try by themselves after some seconds, and at once with `reconnectNow`. */
  restore(): void {
    this.#isUp = true;
  }

  /** How a client reaches the server over this network: for `createClient`. */
  get options(): Required<Pick<ClientOptions, 'server' | 'transport' | 'fetch'>> {
    return {
      server: 'http://fake.invalid',
      transport: this.#transport,
      fetch: (url, init) => this.#fetch(new Request(url, init)),
    };
  }

  readonly #transport: Transport = (handlers) => {
    const link = new Link(handlers, () => this.latencyMs);
    this.#links.add(link);
    link.open(() => (this.#isUp ? this.#destination.door() : undefined));
    return link.client;
  };

  async #fetch(request: Request): Promise<Response> {
    await this.#pass();
    const response = await this.#destination.answer(request);
    await this.#pass();
    return response;
  }

  /** Rejects as the platform's `fetch` does where there is no network. */
  async #pass(): Promise<void> {
    const { latencyMs } = this;
    if (latencyMs > 0) await new Promise<void>((resolve) => setTimeout(resolve, latencyMs));
    if (!this.#isUp) throw new TypeError('the network is down');
  }
}
