import {
  type Client,
  createClient,
  longPollingTransport,
  MemoryStore,
  type Message,
  type Transport,
  tcpTransport,
  webSocketTransport,
} from '@hongyan/sdk/node';
import type { ReverseProxy } from './proxy.ts';

export type TransportName = 'ws' | 'poll' | 'tcp';

let accounts = 0;

/** Somebody with one device, who reaches the cluster through a proxy only. */
export class Person {
  readonly client: Client;
  readonly received: Message[] = [];

  private constructor(client: Client) {
    this.client = client;
    client.on('message', (message) => this.received.push(message));
  }

  static async join(proxy: ReverseProxy, transport: TransportName): Promise<Person> {
    const store = new MemoryStore();
    const person = new Person(createClient({ server: proxy.url, store, transport: transportTo(proxy, transport) }));
    accounts += 1;
    const handle = `${transport}-${accounts}-${new URL(proxy.url).port}`;
    await person.client.register({ handle, password: 'a long password', displayName: handle });
    await person.#until('connection', () => person.client.connection.status === 'online');
    return person;
  }

  /** Resolves when a device of each has it. */
  async writeTo(others: readonly Person[], text: string): Promise<void> {
    const handles = others.map(({ client: { me } }) =>
      this.client.sendText(this.client.conversationWith(me?.userId ?? ''), text),
    );
    await Promise.all(handles.map((handle) => handle.until('delivered')));
  }

  hasReceived(count: number): Promise<void> {
    return this.#until('message', () => this.received.length >= count);
  }

  get texts(): string[] {
    return this.received.map(({ content }) => (content.kind === 'text' ? content.text : content.kind));
  }

  #until(event: 'connection' | 'message', holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!holds()) return;
        stop();
        resolve();
      };
      const stop = this.client.on(event, check);
      check();
    });
  }
}

function transportTo({ url, tcpPort }: ReverseProxy, name: TransportName): Transport {
  switch (name) {
    case 'ws':
      return webSocketTransport(`${url.replace('http', 'ws')}/v1/ws`);
    case 'poll':
      return longPollingTransport(url);
    case 'tcp':
      return tcpTransport({ host: '127.0.0.1', port: tcpPort });
  }
}
