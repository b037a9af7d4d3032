import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Transport } from '../wire/raw-connection.ts';
import { runningServer } from '../wire/running-server.ts';
import { cases } from './cases/index.ts';
import { worldAt } from './target.ts';

const transports: readonly Transport[] = ['ws', 'tcp', 'poll'];
let server: Awaited<ReturnType<typeof runningServer>>;

beforeAll(async () => {
  server = await runningServer('--registrations-per-minute', '0');
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

describe.each(transports)('[O4, F1] a server over %s', (transport) => {
  test.each(cases)('[$rule] $title', ({ run }) => run(worldAt(server.url, { target: server.target, transport })));
});
