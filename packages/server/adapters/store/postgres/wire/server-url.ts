import { StoreOpenError } from '../../open-error.ts';

/** One of the servers that a database may be on. */
export interface ServerAddress {
  /** For people: the host, or the directory of its socket, with the port when it was said. */
  name: string;
  /** For pg: this server alone. */
  url: string;
}

export interface StoreAddress {
  /** In the order in which they were named; at least one. */
  servers: readonly ServerAddress[];
  database: string;
}

const SHAPE = /^(postgres(?:ql)?):\/\/(?:([^/?#\s]*)@)?([^/?#@\s]*)(?:\/([^?#\s]*))?(?:\?([^#\s]*))?$/;
const HOST = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/;

/**
 * Reads the URL of a database with one host or several, as libpq writes it
 * (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS): `host1:5432,host2:5432` where the host
 * stands, or the parameters `host` and `port` with commas, one port for all or one for each. A host that begins with a
 * slash is the directory of a Unix socket. pg knows one host only, so each server gets a URL of its own.
 *
 * Throws StoreOpenError `failed`; its message has nothing of the URL, which may hold a password.
 */
export function parseStoreUrl(url: string): StoreAddress {
  const [, scheme, user = '', authority = '', path = '', query = ''] = SHAPE.exec(url) ?? [];
  if (scheme === undefined) throw new StoreOpenError('failed', 'the store must be a postgres:// URL');
  const parameters = new URLSearchParams(query);
  // Settings of a session are ours: some of them keep what is promised.
  if (parameters.has('options')) throw new StoreOpenError('failed', 'the URL must not have options of its own');
  requireReadWrite(parameters.get('target_session_attrs'));
  const hosts = hostsOf(authority, parameters.get('host'), parameters.get('port'));
  for (const name of ['host', 'port', 'target_session_attrs']) parameters.delete(name);
  const servers = hosts.map(({ host, port }) => {
    const own = new URLSearchParams(parameters);
    if (host !== '') own.set('host', host);
    if (port !== '') own.set('port', port);
    const signIn = user === '' ? '' : `${user}@`;
    return { name: nameOf(host, port), url: `${scheme}://${signIn}localhost/${path}?${own}` };
  });
  return { servers, database: decoded(path) };
}

const nameOf = (host: string, port: string): string => {
  const shown = host.includes(':') ? `[${host}]` : host || 'localhost';
  return port === '' ? shown : `${shown}:${port}`;
};

function requireReadWrite(wanted: string | null): void {
  if (wanted === null || wanted === 'read-write') return;
  throw new StoreOpenError(
    'failed',
    'target_session_attrs can only be read-write: a store is kept where it is written',
  );
}

function hostsOf(authority: string, host: string | null, port: string | null): { host: string; port: string }[] {
  const named = authority.split(',').map((one) => {
    const [, name, own = ''] = HOST.exec(one) ?? [];
    if (name === undefined) throw new StoreOpenError('failed', 'the URL has a host that cannot be one');
    return { host: decoded(name.replace(/^\[(.*)\]$/, '$1')), port: own };
  });
  const hosts = host === null ? named.map((one) => one.host) : host.split(',');
  const ports = port === null ? (host === null ? named.map((one) => one.port) : ['']) : port.split(',');
  if (ports.length !== 1 && ports.length !== hosts.length) {
    throw new StoreOpenError('failed', 'the URL must have one port for all hosts, or one for each');
  }
  return hosts.map((one, at) => ({ host: one, port: requirePort(ports.length === 1 ? ports[0] : ports[at]) }));
}

function requirePort(port = ''): string {
  if (port === '' || (/^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) < 65_536)) return port;
  throw new StoreOpenError('failed', 'the URL has a port that cannot be one');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw new StoreOpenError('failed', 'the URL has a % that is followed by no two hexadecimal digits', {
      cause: error,
    });
  }
}
