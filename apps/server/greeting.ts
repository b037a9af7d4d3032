export interface Serving {
  host: string;
  port: number;
  tcpPort: number;
  keptIn: string;
  roles: readonly string[];
}

/** What somebody who just started the server wants to know. */
export function greeting({ host, port, tcpPort, keptIn, roles }: Serving): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const address = `http://${name}:${port}`;
  if (!roles.includes('api') || !roles.includes('gateway')) {
    return `\n  Hongyan 鸿雁 is running as ${roles.join(', ')} (${address}/healthz)\n`;
  }
  const account = JSON.stringify({ handle: 'ada', password: 'choose-a-better-one', displayName: 'Ada' });
  return `
  Hongyan 鸿雁 is running

  Open       ${address}
             and choose “Create account”, or make the first one here:
             curl ${address}/v1/accounts -H 'content-type: application/json' \\
               -d '${account}'
  Programs   ${name}:${tcpPort} (TCP), ${address.replace('http', 'ws')}/v1/ws (WebSocket), ${address}/v1/openapi.json (REST)
  Data       ${keptIn}
  Stop       Ctrl-C
`;
}
