import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Server as NetServer, type Socket } from 'node:net';
import type { Network } from '../previews/index.ts';

export type Page = (request: IncomingMessage, response: ServerResponse) => void;

/** A public address, for names that do not say another one. */
export const PUBLIC = '93.184.215.14';

/**
 * A small internet: names have the addresses that a test gives them, and whatever address is connected to, a real server on
 * loopback answers. What may be connected to is decided by the real policy.
 */
export class WebWorld implements Network, AsyncDisposable {
  /** Answers of the name server, one after another; the last one again and again. Other names have the address PUBLIC. */
  readonly names = new Map<string, string[][]>();
  /** By host and path, as `site.example.com/page`. */
  readonly pages = new Map<string, Page>();
  readonly resolved: string[] = [];
  /** Addresses that connections were asked for, `address:port`. */
  readonly connected: string[] = [];
  readonly requests: IncomingMessage[] = [];
  own: string[] = [];
  readonly #server: Server;
  readonly #target: NetServer;

  /** `secure` answers instead of the server of this world, and what it decrypts comes to the pages as well. */
  constructor(secure?: (serve: Page) => NetServer) {
    this.#server = createServer((request, response) => this.#serve(request, response));
    this.#target = secure?.((request, response) => this.#serve(request, response)) ?? this.#server;
  }

  static async open(secure?: (serve: Page) => NetServer): Promise<WebWorld> {
    const world = new WebWorld(secure);
    world.#target.listen(0, '127.0.0.1');
    await once(world.#target, 'listening');
    return world;
  }

  /** A page of HTML. */
  html(at: string, html: string | Uint8Array, contentType = 'text/html; charset=utf-8'): void {
    this.pages.set(at, (_request, response) => response.setHeader('content-type', contentType).end(html));
  }

  redirect(at: string, location: string, status = 302): void {
    this.pages.set(at, (_request, response) => response.writeHead(status, { location }).end());
  }

  async resolve(name: string): Promise<string[]> {
    this.resolved.push(name);
    const answers = this.names.get(name) ?? [[PUBLIC]];
    return (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
  }

  async connect({ addresses, port }: { addresses: readonly string[]; port: number }): Promise<Socket> {
    this.connected.push(...addresses.map((address) => `${address}:${port}`));
    const socket = connect((this.#target.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  }

  ownAddresses(): string[] {
    return this.own;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    if (!this.#target.listening) return;
    this.#target.close();
    await once(this.#target, 'close');
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    this.requests.push(request);
    const page = this.pages.get(`${request.headers.host}${request.url}`);
    if (page === undefined) response.writeHead(404).end();
    else page(request, response);
  }
}
