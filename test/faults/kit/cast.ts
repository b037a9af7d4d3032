import { join } from 'node:path';
import {
  type ClientStore,
  FileStore,
  longPollingTransport,
  MemoryStore,
  type Transport,
  tcpTransport,
  webSocketTransport,
} from '@hongyan/sdk/node';

/** A device of a person: how it speaks, over which way, and what it keeps its things in. */
export interface Role {
  person: string;
  transport: 'ws' | 'tcp' | 'poll';
  way: 'direct' | 'proxy';
  store: 'memory' | 'file';
}

/** Every transport, way and store, and people with two devices. */
export const cast: readonly Role[] = [
  { person: 'ann', transport: 'ws', way: 'direct', store: 'file' },
  { person: 'ann', transport: 'tcp', way: 'proxy', store: 'memory' },
  { person: 'bob', transport: 'ws', way: 'proxy', store: 'memory' },
  { person: 'cat', transport: 'tcp', way: 'direct', store: 'file' },
  { person: 'cat', transport: 'poll', way: 'proxy', store: 'memory' },
];

export function storeOf({ store }: Role, folder: string, name: string): ClientStore {
  switch (store) {
    case 'memory':
      return new MemoryStore();
    case 'file':
      return new FileStore(join(folder, name));
  }
}

export function transportOf({ transport }: Role, { port, tcpPort }: { port: number; tcpPort: number }): Transport {
  switch (transport) {
    case 'ws':
      return webSocketTransport(`ws://127.0.0.1:${port}/v1/ws`);
    case 'tcp':
      return tcpTransport({ host: '127.0.0.1', port: tcpPort });
    case 'poll':
      return longPollingTransport(`http://127.0.0.1:${port}`);
  }
}
