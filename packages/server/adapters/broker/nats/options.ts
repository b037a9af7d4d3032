import type { NodeConnectionOptions } from '@nats-io/transport-node';

/** A frozen or vanished server is noticed after three of these. */
const PING_INTERVAL_MS = 2_000;
const PINGS_OUT_MAX = 2;
const CONNECT_TIMEOUT_MS = 5_000;
const RECONNECT_PAUSE_MS = 250;
const RECONNECT_JITTER_MS = 500;

/**
 * What `nats://user:password@host:port,host:port` (or `tls://…`, or `nats://token@…`) says. Throws TypeError on anything
 * else.
 */
export function optionsOf(url: string): NodeConnectionOptions {
  const [, scheme, userInfo, hosts] = /^(nats|tls):\/\/(?:([^@]*)@)?([^/@]+)\/?$/.exec(url) ?? [];
  if (scheme === undefined || hosts === undefined) throw new TypeError('not a nats:// URL');
  return {
    servers: hosts.split(','),
    ...credentialsOf(userInfo),
    ...(scheme === 'tls' ? { tls: {} } : {}),
    noEcho: true,
    timeout: CONNECT_TIMEOUT_MS,
    pingInterval: PING_INTERVAL_MS,
    maxPingOut: PINGS_OUT_MAX,
    maxReconnectAttempts: -1,
    reconnectTimeWait: RECONNECT_PAUSE_MS,
    reconnectJitter: RECONNECT_JITTER_MS,
    reconnectJitterTLS: RECONNECT_JITTER_MS,
  };
}

function credentialsOf(userInfo: string | undefined): NodeConnectionOptions {
  if (userInfo === undefined) return {};
  const [user = '', pass] = userInfo.split(':').map(decodeURIComponent);
  return pass === undefined ? { token: user } : { user, pass };
}
