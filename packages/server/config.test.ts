import { expect, test } from 'vitest';
import { ConfigError, describeOptions, loadConfig } from './config.ts';
import { optionNames } from './config-options.ts';

const load = (argv: string[] = [], env: Record<string, string> = {}) => loadConfig({ argv, env });

test('[M1] without settings the server serves on 8080 and 8081', () => {
  expect(load()).toMatchObject({ host: '0.0.0.0', port: 8080, tcpPort: 8081, data: './data', logLevel: 'info' });
});

test('[M1] a flag goes before the environment, and that before the default', () => {
  const env = { HONGYAN_PORT: '9000', HONGYAN_HOST: '127.0.0.1' };
  expect(load(['--port', '9100'], env)).toMatchObject({ port: 9100, host: '127.0.0.1', data: './data' });
  expect(loadConfig({ env, defaults: { port: '1', data: 'elsewhere' } })).toMatchObject({
    port: 9000,
    data: 'elsewhere',
  });
});

test('[M1] an empty variable is as good as none', () => {
  expect(load([], { HONGYAN_PORT: '' }).port).toBe(8080);
});

test.each([
  [['--port', '9000'], 9001],
  [['--port', '0'], 0],
  [['--port', '65535'], 0],
  [['--port', '9000', '--tcp-port', '7000'], 7000],
  [['--tcp-port', '0'], 0],
])('[M1] %j gives the TCP port %i', (argv, tcpPort) => {
  expect(load(argv).tcpPort).toBe(tcpPort);
});

test.each([
  [['--port', 'http'], '--port must be a whole number from 0 to 65535, not "http"'],
  [['--port', '65536'], '--port must be a whole number from 0 to 65535, not "65536"'],
  [['--port', '8e3'], '--port must be a whole number from 0 to 65535, not "8e3"'],
  [['--log-level', 'loud'], '--log-level must be fatal, error, warn, info, debug, trace or silent, not "loud"'],
  [['--host', 'a b'], '--host must be a host name or address, not "a b"'],
  [['--data', ''], '--data must be a path, not ""'],
  [['--trust-proxy', 'everybody'], '--trust-proxy must be IP addresses or networks, separated by commas'],
  [['--handshakes-per-second', '1.5'], '--handshakes-per-second must be a whole number from 0 to 1000000'],
  [['--handshakes-burst', '0'], '--handshakes-burst must be a whole number from 1 to 1000000, not "0"'],
  [['--metrics', 'maybe'], '--metrics must be on or off, not "maybe"'],
  [['--link-previews', 'maybe'], '--link-previews must be on or off, not "maybe"'],
  [['--port', '9000', '--tcp-port', '9000'], '--port and --tcp-port are both 9000'],
  [['--prot', '1'], "Unknown option '--prot'"],
  [['something'], "Unexpected argument 'something'"],
])('[P9] %j is refused with a reason', (argv, message) => {
  expect(() => load(argv)).toThrow(ConfigError);
  expect(() => load(argv)).toThrow(message);
});

test('[A2] the devices of an account are signed in together unless the policy says otherwise', () => {
  expect(load().devicePolicy).toBe('all');
  expect(load(['--device-policy', 'one-of-each-kind']).devicePolicy).toBe('one-of-each-kind');
  expect(() => load(['--device-policy', 'one'])).toThrow('must be all or one-of-each-kind, not "one"');
});

test('[A4, P9] of the API key that the process is given only the hash is kept, and a bad one is not printed', () => {
  expect(load().apiKey).toBeUndefined();
  const key = 'k'.repeat(32);
  expect(JSON.stringify(load([], { HONGYAN_API_KEY: key }))).not.toContain(key);
  const complaint = (() => {
    try {
      return load([], { HONGYAN_API_KEY: 'too-short' });
    } catch (error) {
      return String(error);
    }
  })();
  expect(complaint).toContain('HONGYAN_API_KEY must be 32 to 256');
  expect(complaint).not.toContain('too-short');
});

test('[P9] a bad variable is named, and all bad settings are', () => {
  const bad = () => load(['--port', 'x'], { HONGYAN_LOG_LEVEL: 'y' });
  expect(bad).toThrow('--port must be');
  expect(bad).toThrow('HONGYAN_LOG_LEVEL must be');
});

test('[LOD-2] handshakes have a rate and a burst, which may be set', () => {
  expect(load()).toMatchObject({ handshakesPerSecond: 1000, handshakesBurst: 500 });
  const env = { HONGYAN_HANDSHAKES_PER_SECOND: '0', HONGYAN_HANDSHAKES_BURST: '7' };
  expect(load([], env)).toMatchObject({ handshakesPerSecond: 0, handshakesBurst: 7 });
});

test('[M1] proxies are a list', () => {
  expect(load(['--trust-proxy', '10.0.0.0/8, ::1']).trustProxy).toEqual(['10.0.0.0/8', '::1']);
  expect(load().trustProxy).toEqual([]);
});

test.each([
  'sqlite',
  'postgres://ann:secret@db1/chat',
  'postgresql://ann:secret@db1:5432,db2:5433/chat?sslmode=verify-full',
  'postgres://ann@/chat?host=/run/a,/run/b&port=5433',
])('[M1] the store may be %s', (store) => {
  expect(load(['--store', store]).store).toBe(store);
});

test.each(['mysql://db1/chat', 'postgres:db1', 'postgres://db1/a b'])('[M1] the store cannot be %s', (store) => {
  expect(() => load(['--store', store])).toThrow('--store must be sqlite or a postgres:// URL');
});

test('[M1] the help names every option with its variable and default', () => {
  const help = describeOptions();
  for (const name of optionNames) expect(help).toContain(`--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)} <`);
  expect(help).toContain('HONGYAN_SIGN_INS_PER_HANDLE_PER_MINUTE');
  expect(help).toContain('(default: 8080)');
  expect(help).toContain('(default: --port + 1)');
});
