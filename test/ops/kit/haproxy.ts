import { freePort } from '../../../packages/server/testing/free-port.ts';
import type { CertificateFiles } from './certificate.ts';
import type { Cluster } from './cluster.ts';
import { findProgram } from './programs.ts';
import { type ReverseProxy, runProxy } from './proxy.ts';

const config = new URL('../../../ops/haproxy/haproxy.cfg', import.meta.url).pathname;

/** HAProxy with `ops/haproxy/haproxy.cfg` as it is: everything else is in its environment. */
export async function startHaproxy({ ports }: Cluster, { bundle }: CertificateFiles): Promise<ReverseProxy> {
  const [plainPort, tlsPort, tcpPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const at = (named: string) => `127.0.0.1:${ports.get(named)}`;
  const env = {
    ...{ CERTIFICATE: bundle, PLAIN_PORT: String(plainPort), TLS_PORT: String(tlsPort), TCP_PORT: String(tcpPort) },
    ...{ API: at('8100'), GATEWAY_1: at('8101'), GATEWAY_2: at('8102') },
    ...{ GATEWAY_1_TCP: at('8111'), GATEWAY_2_TCP: at('8112') },
  };
  const url = `https://localhost:${tlsPort}`;
  const running = await runProxy({ program: findProgram('haproxy'), flags: ['-f', config], env }, url);
  const dispose = () => running[Symbol.asyncDispose]();
  return { url, plainUrl: `http://localhost:${plainPort}`, tcpPort, [Symbol.asyncDispose]: dispose };
}
