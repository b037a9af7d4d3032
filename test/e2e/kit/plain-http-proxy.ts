import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createConnection } from 'node:net';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** Which answers get lost: those for which it says true are carried out by the server and never told to the client. */
export type Loses = (method: string, path: string) => boolean;

/** A proxy as some offices have it: HTTP/1.1 requests with whole bodies, one per connection, and no upgrade. */
export class PlainHttpProxy {
  /** From now on upgrades are let through. */
  allowsUpgrades = false;
  upgradesRefused = 0;
  upgradesAllowed = 0;
  /** Answers passed on or lost, by method and last part of the path: `GET down`, `POST up`, … */
  readonly answered = new Map<string, number>();
  loses: Loses = () => false;
  readonly #server: Server;
  readonly #upstreamPort: number;
  readonly #tunnels = new Set<Duplex>();

  private constructor(upstreamPort: number) {
    this.#upstreamPort = upstreamPort;
    this.#server = createServer({ keepAlive: false }, (incoming, answer) => {
      this.#forward(incoming, answer).catch(() => answer.destroy());
    });
    this.#server.on('upgrade', (incoming, socket) => this.#upgrade(incoming, socket));
  }

  static async to(upstreamPort: number): Promise<PlainHttpProxy> {
    const proxy = new PlainHttpProxy(upstreamPort);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy does not listen');
    return address.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  dispose(): void {
    for (const tunnel of this.#tunnels) tunnel.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #forward(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = incoming;
    const body = await buffer(incoming);
    const outgoing = request({
      host: '127.0.0.1',
      port: this.#upstreamPort,
      agent: false,
      method,
      path: url,
      headers: { ...hopless(incoming.headers), 'content-length': body.length },
    });
    answer.on('close', () => outgoing.destroy());
    outgoing.end(body);
    const [upstream] = (await once(outgoing, 'response')) as [IncomingMessage];
    const whole = await buffer(upstream);
    const path = url.split('?')[0] ?? '';
    const what = `${method} ${path.slice(path.lastIndexOf('/') + 1)}`;
    this.answered.set(what, (this.answered.get(what) ?? 0) + 1);
    if (this.loses(method, path)) {
      answer.destroy();
      return;
    }
    const length = upstream.statusCode === 204 ? {} : { 'content-length': whole.length };
    answer.writeHead(upstream.statusCode ?? 502, { ...hopless(upstream.headers), ...length });
    answer.end(whole);
  }

  #upgrade(incoming: IncomingMessage, socket: Duplex): void {
    socket.on('error', () => socket.destroy());
    if (!this.allowsUpgrades) {
      this.upgradesRefused += 1;
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.upgradesAllowed += 1;
    const upstream = createConnection({ host: '127.0.0.1', port: this.#upstreamPort });
    for (const end of [socket, upstream]) this.#tunnels.add(end);
    upstream.on('error', () => socket.destroy());
    const head = [`GET ${incoming.url} HTTP/1.1`];
    for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
      head.push(`${incoming.rawHeaders[at]}: ${incoming.rawHeaders[at + 1]}`);
    }
    upstream.write(`${head.join('\r\n')}\r\n\r\n`);
    socket.pipe(upstream).pipe(socket);
    socket.on('close', () => upstream.destroy());
  }
}

/** Without what is said to the next hop only. */
function hopless(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { 'keep-alive': _keepAlive, 'transfer-encoding': _encoding, ...rest } = headers;
  return { ...rest, connection: 'close' };
}
