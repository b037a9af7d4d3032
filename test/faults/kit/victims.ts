import {
  type Client,
  createClient,
  MemoryStore,
  SdkError,
  type Transport,
  tcpTransport,
  webSocketTransport,
} from '@hongyan/sdk/node';
import { FaultyProxy } from '@hongyan/testkit/proxy';
import type { SeededRandom } from '@hongyan/testkit/random';
import type { ServerProcess } from '../../e2e/kit/server-process.ts';

const PASSWORD = 'correct horse battery';

/**
 * People whose bytes are flipped on the way. Nothing below TLS can tell a flipped letter from one that was written, so
 * nothing is promised of what they say; everything is of all others, and of them as soon as their line is whole again.
 */
export class Victims {
  readonly #server: ServerProcess;
  readonly #proxies: readonly FaultyProxy[];
  #clients: readonly Client[];

  private constructor(server: ServerProcess, proxies: readonly FaultyProxy[]) {
    this.#server = server;
    this.#proxies = proxies;
    this.#clients = this.#newClients();
  }

  static async enter(server: ServerProcess, random: SeededRandom): Promise<Victims> {
    const host = '127.0.0.1';
    const victims = new Victims(server, [
      await FaultyProxy.to({ host, port: server.port }, random.fork()),
      await FaultyProxy.to({ host, port: server.tcpPort }, random.fork()),
    ]);
    for (const [index, client] of victims.#clients.entries()) {
      await client.register({ handle: `victim${index}`, password: PASSWORD, displayName: `Victim ${index}` });
    }
    return victims;
  }

  /** Each says something, and one bit of what goes in this direction is flipped. */
  suffer(direction: 'up' | 'down'): void {
    for (const proxy of this.#proxies) proxy.garbleNext(direction);
    for (const client of this.#clients) {
      try {
        if (client.me !== undefined) client.sendText(client.notesToSelf, 'ouch');
      } catch (error) {
        if (!(error instanceof SdkError)) throw error;
      }
    }
  }

  /** Signs in anew, as somebody does who reinstalls; resolves when every one of them has sent a message. */
  async startOver(): Promise<void> {
    await this.#close();
    this.#clients = this.#newClients();
    for (const [index, client] of this.#clients.entries()) {
      await client.signIn({ handle: `victim${index}`, password: PASSWORD });
      await client.sendText(client.notesToSelf, 'well again').until('sent');
    }
  }

  async dispose(): Promise<void> {
    await this.#close();
    await Promise.all(this.#proxies.map((proxy) => proxy.close()));
  }

  async #close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
  }

  #newClients(): Client[] {
    const [http, tcp] = this.#proxies.map(({ port }) => port);
    const transports: Transport[] = [
      webSocketTransport(`ws://127.0.0.1:${http}/v1/ws`),
      tcpTransport({ host: '127.0.0.1', port: tcp ?? 0 }),
    ];
    const server = this.#server.url;
    return transports.map((transport) => createClient({ server, store: new MemoryStore(), transport }));
  }
}
