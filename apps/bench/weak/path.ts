import { longPollingTransport, type Transport, tcpTransport, webSocketTransport } from '@hongyan/sdk/node';
import { FaultyProxy, type Phase, perfectLine, play } from '@hongyan/testkit/proxy';
import type { SeededRandom } from '@hongyan/testkit/random';
import type { Door, Transport as TransportName } from '../client/link.ts';

/** One person's way to the server: everything they say goes over it. */
export class WeakPath {
  readonly #http: FaultyProxy;
  readonly #tcp: FaultyProxy;
  readonly #transportName: TransportName;

  private constructor(http: FaultyProxy, tcp: FaultyProxy, transportName: TransportName) {
    this.#http = http;
    this.#tcp = tcp;
    this.#transportName = transportName;
  }

  static async to(transport: TransportName, { port, tcpPort }: Door, random: SeededRandom): Promise<WeakPath> {
    const host = '127.0.0.1';
    const http = await FaultyProxy.to({ host, port }, random.fork());
    const tcp = await FaultyProxy.to({ host, port: tcpPort }, random.fork());
    return new WeakPath(http, tcp, transport);
  }

  get server(): string {
    return `http://127.0.0.1:${this.#http.port}`;
  }

  transport(): Transport {
    switch (this.#transportName) {
      case 'ws':
        return webSocketTransport(`ws://127.0.0.1:${this.#http.port}/v1/ws`);
      case 'tcp':
        return tcpTransport({ host: '127.0.0.1', port: this.#tcp.port });
      case 'poll':
        return longPollingTransport(this.server);
    }
  }

  get bytes(): number {
    return [this.#http, this.#tcp].reduce((sum, { bytes }) => sum + bytes.up + bytes.down, 0);
  }

  /** Lives through the phases until `signal` aborts; then the path is a good one again. */
  async weather(phases: Iterable<Phase>, signal: AbortSignal, onPhase: (phase: Phase) => void): Promise<void> {
    const proxies = [this.#http, this.#tcp];
    await play(proxies, phases, { signal, onPhase });
    for (const proxy of proxies) proxy.conditions = perfectLine;
  }

  async close(): Promise<void> {
    await Promise.all([this.#http.close(), this.#tcp.close()]);
  }
}
