import { describe, expect, test } from 'vitest';
import type { Measured } from '../measured/measured.ts';
import { MeasuredError } from '../measured/read.ts';
import { drawAll, PLOTS } from './draw-all.ts';

const measured = (name: string, result: object): Measured => ({
  name,
  command: 'npm run bench --',
  measuredOn: '2026-11-21',
  result: { ...result },
});

const latencyMs = { p50: 41.3, p99: 80.2 };
const fixtures = {
  direct: { scenario: 'direct', clients: 200, messagesPerSecond: 40_100, latencyMs, generatorUtilization: 0.97 },
  group: { scenario: 'group', groups: 9, members: 8, deliveriesPerSecond: 376_000.4, latencyMs },
  'big-group': { scenario: 'big-group', members: 10_000, deliveriesPerSecond: 1_234, latencyMs },
  idle: { scenario: 'idle', clients: 10_000, parts: [{ name: 'server', bytesPerConnection: 8_300 }] },
  storm: { scenario: 'storm', clients: 4, allBackMs: 250, back: samples([0, 1, 3], 'present', 100) },
  sync: {
    scenario: 'sync',
    rows: [
      { conversations: 10, changed: 'first return', bytesUp: 14_221, bytesDown: 135 },
      { conversations: 10, changed: 0, bytesUp: 376, bytesDown: 135 },
      { conversations: 10, changed: 0, bytesUp: 376, bytesDown: 135 },
      { conversations: 1_000, changed: 100, bytesUp: 9_357, bytesDown: 29_928 },
    ],
  },
  crowd: { scenario: 'crowd', clients: 9, connectSeconds: 5.2, connecting: samples([1, 9], 'connected', 1_000) },
  rolling: {
    scenario: 'rolling',
    waits: samples([12, 900, 15], 'longestMs', 250),
    events: [
      { atMs: 250, name: 'logic replaced' },
      { atMs: 500, name: 'gateway drained' },
    ],
  },
  'gateway-lost': {
    scenario: 'storm',
    fault: 'lose',
    clients: 10,
    gateways: [
      { atMs: -250, connections: [4, 3, 3] },
      { atMs: 0, connections: [0, 5, 5] },
    ],
  },
} as const;

function samples(values: readonly number[], field: string, everyMs: number): Record<string, number>[] {
  return values.map((value, index) => ({ atMs: index * everyMs, [field]: value }));
}

type Fixture = keyof typeof fixtures;
const draw = (...runs: Measured[]) => drawAll(runs, { second: 'Run two', first: 'Run <one>' });
/** The picture of the same run kept twice. */
const pictureOf = (name: Fixture): string => {
  const { files } = draw(measured('first', fixtures[name]), measured('second', fixtures[name]));
  expect(files.map((file) => file.name)).toEqual([`bench-${name}.svg`]);
  return files[0]?.svg ?? '';
};

describe('every plot', () => {
  test.each(PLOTS.map(({ name }) => name as Fixture))('[M7] %s has its runs by label and no broken number', (name) => {
    const svg = pictureOf(name);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|\[object/);
    expect(svg).toContain('Run two');
    expect(svg.indexOf('Run two')).toBeLessThan(svg.indexOf('Run &lt;one&gt;'));
    expect(svg.replaceAll('\u00a0', ' ')).toContain('Measured on 2026-11-21.');
  });

  test.each([
    ['direct', 'messagesPerSecond'],
    ['idle', 'parts'],
    ['storm', 'back'],
    ['sync', 'rows'],
    ['crowd', 'connecting'],
    ['rolling', 'events'],
    ['gateway-lost', 'gateways'],
  ] as const)('[M7] %s without %s is an error that names the file', (name, field) => {
    const broken = measured('first', { ...fixtures[name], [field]: 'none' });
    expect(() => draw(broken)).toThrow(MeasuredError);
    expect(() => draw(broken)).toThrow(/docs\/measured\/first\.json: .*/);
  });
});

test('[M7] rates have their figure, their latency, and say when the generator was the bottleneck', () => {
  const svg = pictureOf('direct');
  expect(svg).toContain('>40,100*<');
  expect(svg).toContain('>41 / 80 ms<');
  expect(svg).toContain('* The load generator was the bottleneck.');
  expect(pictureOf('group')).not.toContain('bottleneck');
});

test('[M7] an idle connection in several processes has a bar for each of them, also where memory was freed', () => {
  const parts = [
    { name: 'gateway', bytesPerConnection: 8_300 },
    { name: 'logic', bytesPerConnection: -120 },
  ];
  const { svg = '' } = draw(measured('first', { ...fixtures.idle, parts })).files[0] ?? {};
  expect(svg).toContain('>Run &lt;one&gt;<');
  expect(svg).toMatch(/>gateway<.*>8,300<.*>logic<.*>-120</s);
  expect(svg).not.toMatch(/width="-/);
});

test('[M7] a crowd begins with nobody and ends with everybody, however few samples there are', () => {
  const { svg = '' } = draw(measured('first', { ...fixtures.crowd, connecting: [] })).files[0] ?? {};
  expect(svg).toMatch(/<path class="line blue" d="M[\d.]+ [\d.]+L[\d.]+ [\d.]+"/);
  expect(svg).toContain('9 after 5.2 s');
});

test('[M7] a storm has a line for each run, which ends where all are back', () => {
  const svg = pictureOf('storm');
  expect(svg.match(/<path class="line /g)).toHaveLength(2);
  expect(svg).toContain('Run two: all after 0.3 s');
});

test('[M7] a sync has each number of changed conversations once, and leaves the first return out', () => {
  const { svg = '' } = draw(measured('first', fixtures.sync)).files[0] ?? {};
  expect(svg.match(/>nothing changed</g)).toHaveLength(1);
  expect(svg).toContain('>100 changed (10 %)<');
  expect(svg).toContain('>29,928<');
  expect(svg).not.toContain('14,221');
});

test('[M7] events are named in the rolling restart, and gateways in the loss of a site', () => {
  expect(pictureOf('rolling').match(/>(logic replaced|gateway drained)</g)).toHaveLength(4);
  const svg = pictureOf('gateway-lost');
  expect(svg.match(/>gateway [123]</g)).toHaveLength(6);
  expect(svg.match(/>gateway lost</g)).toHaveLength(2);
});

test('[M7] what is not kept, or has no label, is told', () => {
  const { files, left } = drawAll([measured('mine', fixtures.idle)], { 'idle-ws': 'WebSocket' });
  expect(files[0]?.svg).toContain('>mine<');
  expect(left).toContain('docs/measured/idle-ws.json is not there');
  expect(left.join('\n')).toContain('docs/measured/mine.json has no label');
  expect(left).toContain('bench-storm.svg is not drawn: nothing of it is kept');
});
