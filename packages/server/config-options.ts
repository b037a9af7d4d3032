import { z } from 'zod';
import { hashApiKey } from './auth/api-keys.ts';
import { DEVICE_POLICIES } from './auth/devices.ts';

interface Option<Schema extends z.ZodType> {
  /** What stands for the value in `--help`. */
  argument: string;
  help: string;
  schema: Schema;
  /** As somebody would type it; undefined when it follows from something else. */
  default: string | undefined;
  /** Says the default in `--help` where it is not a plain value. */
  defaultText?: string;
  /** Nothing that may be printed. */
  isSecret?: boolean;
}

const option = <Schema extends z.ZodType>(definition: Option<Schema>): Option<Schema> => definition;

const integer = (min: number, max: number) => {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
};

const port = integer(0, 65_535);
const path = z.string().min(1, 'must be a path');
const onOrOff = z.enum(['on', 'off'], { error: 'must be on or off' }).transform((value) => value === 'on');
const perMinute = (what: string, standard: string) =>
  option({ argument: 'count', help: `${what}; 0: no limit`, schema: integer(0, 1_000_000), default: standard });

const ROLES = ['gateway', 'logic', 'api', 'worker'] as const;

/** Every setting of the server. A name gives its flag (`tcpPort` → `--tcp-port`) and its variable (`HONGYAN_TCP_PORT`). */
export const options = {
  host: option({
    argument: 'address',
    help: 'The address to listen on; 127.0.0.1 serves this machine only',
    schema: z.string().regex(/^[\w.:%-]{1,255}$/, 'must be a host name or address'),
    default: '0.0.0.0',
  }),
  port: option({
    argument: 'port',
    help: 'The port for the web client, REST and WebSocket; 0: any free one',
    schema: port,
    default: '8080',
  }),
  tcpPort: option({
    argument: 'port',
    help: 'The port for the protocol over plain TCP; 0: any free one',
    schema: port.optional(),
    default: undefined,
    defaultText: '--port + 1',
  }),
  data: option({
    argument: 'directory',
    help: 'Where SQLite keeps everything; made when it is missing, and not used with another --store',
    schema: path,
    default: './data',
  }),
  store: option({
    argument: 'sqlite|url',
    help: 'Where everything is kept: sqlite, in --data; or postgres://user:password@host:port/database, of version 15 or newer, with its standbys behind commas: @host1:port,host2:port/',
    schema: z
      .string()
      .regex(/^(sqlite|postgres(ql)?:\/\/(?:[^/?#\s]*@)?[^/?#@\s]*([/?]\S*)?)$/, 'must be sqlite or a postgres:// URL'),
    default: 'sqlite',
  }),
  roles: option({
    argument: 'roles',
    help: 'What this process does, separated by commas: gateway (holds connections), logic (decides and writes), api (REST and the web client), worker (what is done later)',
    schema: z
      .string()
      .transform((text) => [...new Set(text.split(',').flatMap((role) => role.trim() || []))])
      .pipe(
        z.array(z.enum(ROLES, { error: 'must be some of gateway, logic, api, worker' })).min(1, 'must name a role'),
      ),
    default: ROLES.join(','),
  }),
  broker: option({
    argument: 'none|url',
    help: 'What connects the processes of a cluster: none; or nats://user:password@host:port, with more hosts behind commas',
    schema: z.union([z.literal('none'), z.string().regex(/^(nats|tls):\/\/(?:[^@\s]*@)?[^/@\s]+\/?$/)], {
      error: 'must be none or a nats:// URL',
    }),
    default: 'none',
  }),
  clusterName: option({
    argument: 'name',
    help: 'What tells this cluster from others on the same broker',
    schema: z.string().regex(/^[\w-]{1,64}$/, 'must be letters, digits, _ and -'),
    default: 'hongyan',
  }),
  site: option({
    argument: 'name',
    help: 'Where this process is (a data centre, a zone); people are sent to their own site while it has room',
    schema: z.string().regex(/^[\w-]{0,64}$/, 'must be letters, digits, _ and -'),
    default: '',
  }),
  publicUrl: option({
    argument: 'url',
    help: 'Where clients reach this gateway, as https://gateway-1.example.org; empty: where they reached the API',
    schema: z.union([z.literal(''), z.url({ protocol: /^https?$/ })], { error: 'must be an http:// or https:// URL' }),
    default: '',
  }),
  publicTcpPort: option({
    argument: 'port',
    help: 'Where programs reach the protocol over plain TCP at the host of --public-url; 0: nowhere',
    schema: port.optional(),
    default: undefined,
    defaultText: 'the TCP port, where there is a --public-url',
  }),
  web: option({
    argument: 'directory',
    help: 'The built web client',
    schema: path.optional(),
    default: undefined,
    defaultText: 'the one that comes with the server',
  }),
  logLevel: option({
    argument: 'level',
    help: 'fatal, error, warn, info, debug, trace or silent',
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    }),
    default: 'info',
  }),
  trustProxy: option({
    argument: 'addresses',
    help: 'Reverse proxies whose X-Forwarded-For is believed, separated by commas (addresses or networks)',
    schema: z
      .string()
      .regex(/^[\da-fA-F.:/,\s]*$/, 'must be IP addresses or networks, separated by commas')
      .transform((text) => text.split(',').flatMap((address) => address.trim() || [])),
    default: '',
  }),
  connectionsMax: option({
    argument: 'count',
    help: 'Connections this process holds at most; keep it below the file descriptors it may have',
    schema: integer(1, 1_000_000),
    default: '15000',
  }),
  handshakesPerSecond: option({
    argument: 'count',
    help: 'Devices per second that may begin a session on this process; the others are told when to come back. 0: no limit',
    schema: integer(0, 1_000_000),
    default: '1000',
  }),
  handshakesBurst: option({
    argument: 'count',
    help: 'Devices that may begin a session at once after a quiet time',
    schema: integer(1, 1_000_000),
    default: '500',
  }),
  devicePolicy: option({
    argument: 'all|one-of-each-kind',
    help: 'Which devices of an account may be signed in: all; or one-of-each-kind (phone, desktop, web, …), a newer one signing the older out',
    schema: z.enum(DEVICE_POLICIES, { error: 'must be all or one-of-each-kind' }),
    default: 'all',
  }),
  apiKey: option({
    argument: 'key',
    help: 'A key with every scope for /v1/admin, good while this process runs; others are made with it, or by "keys create". Only its hash is remembered; better as a variable than as an argument, which others on the machine see',
    schema: z
      .string()
      .regex(/^[\w.-]{32,256}$/, 'must be 32 to 256 of A–Z, a–z, 0–9, ".", "_" and "-"')
      .transform(hashApiKey)
      .optional(),
    default: undefined,
    defaultText: 'none',
    isSecret: true,
  }),
  metrics: option({
    argument: 'on|off',
    help: 'Whether /metrics answers, in the format of Prometheus',
    schema: onOrOff,
    default: 'off',
  }),
  linkPreviews: option({
    argument: 'on|off',
    help: 'Whether the server asks pages on the internet for a title when somebody writes a link',
    schema: onOrOff,
    default: 'on',
  }),
  registrationsPerMinute: perMinute('New accounts per minute from one address', '30'),
  signInsPerMinute: perMinute('Sign-ins per minute from one address', '60'),
  signInsPerHandlePerMinute: perMinute('Sign-ins per minute to one account', '20'),
  refreshesPerMinute: perMinute('Renewed sessions per minute from one address', '1200'),
  pollingConnectionsPerMinute: perMinute('Connections for long polling opened per minute from one address', '600'),
  searchesPerMinute: perMinute('Searches for people per minute by one account', '120'),
  apiKeyRequestsPerMinute: perMinute(
    'Requests to /v1/admin per minute with one API key, and from one address without a good one',
    '6000',
  ),
  linkPreviewsPerMinute: perMinute('Links per minute that the server looks at for one account', '30'),
  requestsPerMinute: perMinute('Requests for profiles per minute by one account', '1200'),
};

export type OptionName = keyof typeof options;
export const optionNames = Object.keys(options) as OptionName[];
