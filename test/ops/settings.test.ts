import { describeOptions } from '@hongyan/server';
import { expect, test } from 'vitest';
import { serverArguments } from '../../apps/server/command.mjs';
import { opsFiles, textOf } from './kit/files.ts';
import { readmeCluster } from './kit/readme-cluster.ts';

const known = new Set(describeOptions().match(/\bHONGYAN_[A-Z_]+\b/g));

test.each(opsFiles())('[M1, M6] %s sets nothing that the server does not know', (path) => {
  const named = textOf(path).match(/\bHONGYAN_[A-Z_]+\b/g) ?? [];
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test('[M1, M6] the options of the cluster in README.md are the server’s', () => {
  const { settings, nodes } = readmeCluster();
  const named = [settings, ...nodes].flatMap((options) => Object.keys(options));
  expect(named.length).toBeGreaterThan(nodes.length);
  expect(named.filter((name) => !known.has(`HONGYAN_${name.replaceAll('-', '_').toUpperCase()}`))).toEqual([]);
});

test.each(['ops/container/Containerfile', 'ops/systemd/hongyan.service', 'ops/systemd/hongyan@.service'])(
  '[M6] %s runs the server with the same flags as npm start',
  (path) => {
    const started = textOf(path)
      .split('\n')
      .filter((line) => /^(ENTRYPOINT|ExecStart)\b/.test(line));
    const flags = started.flatMap((line) => line.match(/--[\w-]+=\w+/g) ?? []);
    expect(flags).toEqual(serverArguments([]).filter((argument) => argument.startsWith('--')));
  },
);
