import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../packages/server/testing/free-port.ts';
import type { CertificateFiles } from './certificate.ts';
import type { Cluster } from './cluster.ts';
import { findProgram } from './programs.ts';
import { type ReverseProxy, runProxy } from './proxy.ts';

const folder = new URL('../../../ops/nginx/', import.meta.url).pathname;
const STREAM_MODULE = '/usr/lib/nginx/modules/ngx_stream_module.so';
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** nginx with the files in `ops/nginx`, of which only ports and the names of files are replaced. */
export async function startNginx({ ports }: Cluster, files: CertificateFiles): Promise<ReverseProxy> {
  const [plainPort, tlsPort, tcpPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const directory = await mkdtemp(join(tmpdir(), 'hongyan-nginx-'));
  const replacements: (readonly [string, string])[] = [
    ['listen 80;', `listen ${plainPort};`],
    ['listen 443 ', `listen ${tlsPort} `],
    ['listen 8081;', `listen ${tcpPort};`],
    ['/etc/ssl/hongyan/fullchain.pem', files.certificate],
    ['/etc/ssl/hongyan/privkey.pem', files.key],
    ...[...ports].map(([named, port]) => [`127.0.0.1:${named} `, `127.0.0.1:${port} `] as const),
  ];
  for (const name of ['hongyan.conf', 'hongyan-tcp.conf']) {
    const text = await readFile(join(folder, name), 'utf8');
    await writeFile(
      join(directory, name),
      replacements.reduce((done, [from, to]) => done.replaceAll(from, to), text),
    );
  }
  await writeFile(join(directory, 'nginx.conf'), mainConfig(directory));
  const url = `https://localhost:${tlsPort}`;
  const flags = ['-p', directory, '-c', join(directory, 'nginx.conf'), '-e', 'stderr'];
  const running = await runProxy({ program: findProgram('nginx'), flags }, url);
  return {
    url,
    plainUrl: `http://localhost:${plainPort}`,
    tcpPort,
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** What stands in /etc/nginx/nginx.conf on Debian, as little of it as there has to be. */
function mainConfig(directory: string): string {
  return [
    existsSync(STREAM_MODULE) ? `load_module ${STREAM_MODULE};` : '',
    process.getuid?.() === 0 ? 'user root;' : '',
    `daemon off; worker_processes 2; pid ${directory}/nginx.pid; events { worker_connections 1024; }`,
    'include hongyan-tcp.conf;',
    `http { access_log off; ${TEMPORARY.map((name) => `${name}_temp_path ${directory}/${name};`).join(' ')}`,
    'include hongyan.conf; }',
  ].join('\n');
}
