import { liveQuestions } from '@hongyan/sdk/live-questions';
import {
  type Client,
  type ClientEvents,
  type ConversationId,
  createClient,
  type DeviceOptions,
  type Me,
  MemoryStore,
  type Message,
  type SendHandle,
  type Timeline,
  type Transport,
  tcpTransport,
  webSocketTransport,
} from '@hongyan/sdk/node';
import { presence } from '@hongyan/sdk/presence';
import { searchMessages } from '@hongyan/sdk/search';
import type { ServerProcess } from '../../e2e/kit/server-process.ts';
import { Line } from './line.ts';

export type TransportName = 'ws' | 'tcp';

const open: Device[] = [];
let accounts = 0;

/** One device of one person: a real client on a line that can be cut. */
export class Device {
  readonly client: Client;
  readonly store: MemoryStore;
  readonly line: Line;
  readonly received: Message[] = [];
  readonly connections: string[] = [];
  readonly #server: ServerProcess;

  constructor(server: ServerProcess, transport: TransportName, store = new MemoryStore()) {
    this.#server = server;
    this.store = store;
    this.line = new Line(transportTo(server, transport));
    const features = { liveQuestions, presence, search: searchMessages };
    this.client = createClient({ server: server.url, store, transport: this.line.transport, ...features });
    this.client.on('message', (message) => this.received.push(message));
    this.client.on('connection', ({ status }) => this.connections.push(status));
    open.push(this);
  }

  static async ofNewPerson(
    server: ServerProcess,
    transport: TransportName = 'ws',
    stated: DeviceOptions = {},
  ): Promise<Device> {
    const device = new Device(server, transport);
    accounts += 1;
    const handle = `person-${accounts}`;
    await device.client.register({
      handle,
      password: passwordOf(handle),
      displayName: `Person ${accounts}`,
      ...stated,
    });
    await device.online();
    return device;
  }

  /** Another device of the same person. */
  async second(stated: DeviceOptions = {}): Promise<Device> {
    const device = new Device(this.#server, 'ws');
    const { handle } = this.me;
    await device.client.signIn({ handle, password: passwordOf(handle), ...stated });
    await device.online();
    return device;
  }

  /** The same device after the program ended and was started again. */
  async restarted(): Promise<Device> {
    await this.client.close();
    const device = new Device(this.#server, 'ws', this.store);
    await device.client.start();
    return device;
  }

  get me(): Me {
    const { me } = this.client;
    if (!me) throw new Error('nobody is signed in');
    return me;
  }

  with(other: Device): ConversationId {
    return this.client.conversationWith(other.me.userId);
  }

  write(to: Device, ...texts: string[]): SendHandle[] {
    return texts.map((text) => this.client.sendText(this.with(to), text));
  }

  online(): Promise<void> {
    return this.until('connection', ({ connection }) => connection.status === 'online');
  }

  hasReceived(count: number): Promise<void> {
    return this.until('message', () => this.received.length >= count);
  }

  hasUnread(from: Device, count: number): Promise<void> {
    return this.until('conversations', () => this.unreadFrom(from) === count);
  }

  unreadFrom(other: Device): number {
    return this.client.conversations.find(({ id }) => id === this.with(other))?.unreadCount ?? 0;
  }

  /** Resolves once `holds` does: asked now and after each such event. */
  until(event: keyof ClientEvents, holds: (client: Client) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!holds(this.client)) return;
        stop();
        resolve();
      };
      const stop = this.client.on(event, check);
      check();
    });
  }

  /** The whole conversation as this device shows it. */
  async history(other: Device): Promise<Timeline> {
    const timeline = this.client.openTimeline(this.with(other));
    while (timeline.hasOlder) await timeline.loadOlder(200);
    return timeline;
  }
}

export async function closeDevices(): Promise<void> {
  await Promise.all(open.splice(0).map(({ client }) => client.close()));
}

export const textOf = ({ content }: Message) => (content.kind === 'text' ? content.text : '');
export const numbered = (count: number, what: string) =>
  Array.from({ length: count }, (_, index) => `${what} ${index + 1}`);

export const passwordOf = (handle: string) => `password of ${handle}`;

function transportTo(server: ServerProcess, name: TransportName): Transport {
  switch (name) {
    case 'ws':
      return webSocketTransport(`${server.url.replace('http', 'ws')}/v1/ws`);
    case 'tcp':
      return tcpTransport({ host: '127.0.0.1', port: server.tcpPort });
  }
}
