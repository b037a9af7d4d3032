import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Server } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Session } from './session.ts';
import { createTcpServer } from './tcp.ts';
import { TURN_FRAMES, TurnTaking } from './turn-taking.ts';
import { attachWebSocket } from './websocket.ts';

test('[LOD-10] a source is paused after its frames, until the others had their turn', () => {
  const log: string[] = [];
  const deferred: (() => void)[] = [];
  const source = { pause: () => log.push('pause'), resume: () => log.push('resume') };
  const turns = new TurnTaking(source, (task) => deferred.push(task));
  turns.took(TURN_FRAMES - 1);
  expect(log).toEqual([]);
  turns.took(1);
  // What had been read before the pause still comes.
  turns.took(5 * TURN_FRAMES);
  expect([log, deferred.length]).toEqual([['pause'], 1]);
  for (const task of deferred.splice(0)) task();
  expect(log).toEqual(['pause', 'resume']);
  turns.took(TURN_FRAMES - 1);
  expect(log).toHaveLength(2);
  turns.took(1);
  expect(log).toEqual(['pause', 'resume', 'pause']);
});

const MESSAGE_BYTES = 100_000;
const MESSAGES = 8;

/** A session of a flood: all that it is given at once has a turn's frames. Writes down when others have their turn. */
function flooded() {
  const log: string[] = [];
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  const receive = () => {
    log.push('flood');
    setImmediate(() => log.push('others'));
    if (log.filter((each) => each === 'flood').length === MESSAGES) resolve();
    return TURN_FRAMES;
  };
  const session = { closed: false, receive, connectionLost() {}, close() {} } as unknown as Session;
  return { log, enough, door: { accept: () => session, frameBytesMax: 1_000_000 } };
}

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

test('[LOD-10] others have their turn between the pieces of a flood over TCP', async () => {
  const { log, enough, door } = flooded();
  const server = createTcpServer(door);
  const socket = connect(await portOf(server), '127.0.0.1');
  socket.write(new Uint8Array(2 * MESSAGES * MESSAGE_BYTES));
  await enough;
  socket.destroy();
  server.close();
  expect(log.join(' ')).not.toContain('flood flood');
});

test('[LOD-10] others have their turn between the messages of a flood over WebSocket', async () => {
  const { log, enough, door } = flooded();
  const server = createServer();
  const sessions = attachWebSocket(server, '/', door);
  const socket = new WebSocket(`ws://127.0.0.1:${await portOf(server)}/`);
  await once(socket, 'open');
  for (let n = 0; n < MESSAGES; n++) socket.send(new Uint8Array(MESSAGE_BYTES));
  await enough;
  socket.terminate();
  sessions.close();
  server.close();
  expect(log.join(' ')).not.toContain('flood flood');
});
