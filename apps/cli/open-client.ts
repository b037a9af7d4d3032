import { join } from 'node:path';
import { type Client, createClient, FileStore, longPolling, tcpTransport } from '@hongyan/sdk/node';
import type { ChatOptions } from './options.ts';

/** The SDK's client on files, in a directory of its own for each server. */
export function openClient({ server, transport, tcpPort, data }: ChatOptions): Client {
  return createClient({
    server: server.origin,
    store: new FileStore(join(data, server.host.replaceAll(/[^\w.-]/g, '_'))),
    clientName: 'hongyan-cli',
    fallback: longPolling,
    ...(transport === 'tcp' && { transport: tcpTransport({ host: server.hostname, port: tcpPort }) }),
  });
}
