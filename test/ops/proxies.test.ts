import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { by, launchBrowser, Person as WebPerson } from '../e2e/kit/browser.ts';
import type { ServerProcess } from '../e2e/kit/server-process.ts';
import { type CertificateFiles, makeCertificate } from './kit/certificate.ts';
import { type Cluster, startCluster } from './kit/cluster.ts';
import { startHaproxy } from './kit/haproxy.ts';
import { startNginx } from './kit/nginx.ts';
import { Person, type TransportName } from './kit/person.ts';
import type { ReverseProxy } from './kit/proxy.ts';

/** Gateways are started, drained and killed meanwhile. */
vi.setConfig({ testTimeout: 150_000, hookTimeout: 150_000 });

let directory: string;
let cluster: Cluster;
let certificate: CertificateFiles;
let browser: Browser;

beforeAll(async () => {
  directory = await mkdtemp(`${tmpdir()}/hongyan-ops-`);
  certificate = await makeCertificate(directory);
  [cluster, browser] = await Promise.all([startCluster(), launchBrowser(['--ignore-certificate-errors'])]);
});
afterAll(async () => {
  await browser?.close();
  await cluster?.[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

describe.each([
  ['HAProxy', startHaproxy],
  ['nginx', startNginx],
])('%s', (_name, start) => {
  let proxy: ReverseProxy;
  const people: Person[] = [];
  const join = async (...transports: TransportName[]) => {
    const joined = await Promise.all(transports.map((transport) => Person.join(proxy, transport)));
    people.push(...joined);
    return joined;
  };

  beforeAll(async () => {
    proxy = await start(cluster, certificate);
  });
  afterAll(async () => {
    await Promise.all(people.map(({ client }) => client.close()));
    await proxy?.[Symbol.asyncDispose]();
  });

  test('[M6] people on WebSocket, long polling and TCP talk to each other through it', async () => {
    const group = await join('ws', 'poll', 'tcp', 'ws', 'poll', 'tcp');
    const others = (person: Person) => group.filter((other) => other !== person);
    await Promise.all(group.map((person, at) => person.writeTo(others(person), `from ${at}`)));
    await Promise.all(group.map((person) => person.hasReceived(group.length - 1)));
    for (const [at, { texts }] of group.entries()) {
      expect(texts.toSorted()).toEqual(group.flatMap((_, from) => (from === at ? [] : [`from ${from}`])));
    }
    expect(await Promise.all(cluster.gateways.map(connectionCount))).not.toContain(0);
  });

  test('[M6] two browsers talk to each other through it', async () => {
    const port = new URL(proxy.url).port;
    const [anna, ben] = await Promise.all([
      WebPerson.open(browser, proxy.url, `web-anna-${port}`),
      WebPerson.open(browser, proxy.url, `web-ben-${port}`),
    ]);
    const webSockets: string[] = [];
    anna.page.on('websocket', (socket) => webSockets.push(socket.url()));
    await Promise.all([anna.signUp('Anna'), ben.signUp('Ben')]);
    await anna.openConversationWith(ben.handle);
    await anna.write('through it');
    await ben.page.waitForSelector(by('unread-badge'));
    await ben.page.click(by('conversation-item'));
    await anna.sees('through it', 'read');
    expect(webSockets).toEqual([`${proxy.url.replace('https', 'wss')}/v1/ws`]);
    await Promise.all([anna.context.close(), ben.context.close()]);
  });

  test('[M6] without TLS it sends people to TLS, and what is for operators stays inside', async () => {
    const plain = await fetch(`${proxy.plainUrl}/somewhere`, { redirect: 'manual' });
    expect([plain.status, plain.headers.get('location')?.slice(0, 17)]).toEqual([301, 'https://localhost']);
    const page = await fetch(`${proxy.url}/`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers.get('strict-transport-security')).toContain('max-age=');
    expect((await fetch(`${proxy.url}/metrics`)).status).toBe(404);
  });

  test('[M6] a limit per address counts the client, not the proxy, whatever the client says that it is', async () => {
    const attempt = (localAddress: string, claimed: string) => statusThrough(proxy, localAddress, claimed);
    let attempts = 0;
    while ((await attempt('127.0.0.2', `198.51.100.${attempts}`)) !== 429) expect(++attempts).toBeLessThan(100);
    expect(await attempt('127.0.0.3', '127.0.0.2')).toBe(400);
  });

  test('[M6] a gateway that is drained or killed costs nobody a message', async () => {
    const [first, second] = cluster.gateways;
    const group = await join('ws', 'ws', 'poll', 'tcp');
    const [speaker, ...listeners] = group;
    let said = 0;
    const everybodyHears = () => speaker?.writeTo(listeners, `number ${++said}`);
    await everybodyHears();
    const drained = first?.end('SIGTERM');
    await everybodyHears();
    expect(await drained).toBe(0);
    await everybodyHears();
    await first?.start();
    await second?.end('SIGKILL');
    await everybodyHears();
    await second?.start();
    const all = Array.from({ length: said }, (_, at) => `number ${at + 1}`);
    expect(listeners.map(({ texts }) => texts)).toEqual(listeners.map(() => all));
  });
});

async function connectionCount({ url }: ServerProcess): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^hongyan_gateway_connections (\d+)/m.exec(metrics)?.[1]);
}

/** Of an attempt to register that can come to nothing, made from an address of this machine. */
function statusThrough(proxy: ReverseProxy, localAddress: string, claimed: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': claimed };
  const { hostname, port } = new URL(proxy.url);
  const options = { method: 'POST', hostname, port, path: '/v1/accounts', headers, localAddress, family: 4 };
  request(options, (answer) => resolve(answer.resume().statusCode))
    .on('error', reject)
    .end('{}');
  return promise;
}
