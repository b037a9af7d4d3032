import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Below what systems give to outgoing connections, one of which could else have the port while its server is away. */
const PORT_MIN = 15_000;
const PORT_MAX = 30_000;
const TRIES_MAX = 100;

/** A port of the loopback on which nobody listens now, to be listened on again and again. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const port = PORT_MIN + Math.floor(Math.random() * (PORT_MAX - PORT_MIN));
    const server = createServer().listen(port, '127.0.0.1');
    if (await listens(server)) {
      server.close();
      await once(server, 'close');
      return port;
    }
  }
  throw new Error('no free port');
}

async function listens(server: Server): Promise<boolean> {
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  }
}
