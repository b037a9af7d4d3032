import { once } from 'node:events';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SeededRandom } from '../random/seeded-random.ts';
import { line, perfectLine } from './conditions.ts';
import { FaultyProxy } from './proxy.ts';

/** Answers every byte with the same, and knows who is connected. */
let target: Server;
let accepted: Socket[];
let proxy: FaultyProxy;

beforeEach(async () => {
  accepted = [];
  target = createServer((socket) => {
    accepted.push(socket);
    socket.on('error', () => {});
    socket.pipe(socket);
  });
  target.listen(0, '127.0.0.1');
  await once(target, 'listening');
  const { port } = target.address() as { port: number };
  proxy = await FaultyProxy.to({ host: '127.0.0.1', port }, new SeededRandom(1));
});

afterEach(async () => {
  await proxy.close();
  for (const socket of accepted) socket.destroy();
  target.close();
});

async function connect(): Promise<Socket> {
  const socket = createConnection({ host: '127.0.0.1', port: proxy.port });
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

async function received(socket: Socket, count: number): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  while (bytes.length < count) {
    const [chunk] = await once(socket, 'data');
    bytes = Buffer.concat([bytes, chunk]);
  }
  return bytes;
}

async function echo(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  return (await received(socket, text.length)).toString();
}

const closed = (socket: Socket) =>
  new Promise<string | undefined>((resolve) => {
    let code: string | undefined;
    socket.on('error', (error: NodeJS.ErrnoException) => {
      code = error.code;
    });
    socket.on('close', () => resolve(code));
    socket.resume();
  });

describe('[O4] the faulty proxy', () => {
  test('passes bytes both ways unchanged, and the end of either side', async () => {
    const socket = await connect();
    const sent = Buffer.from(new SeededRandom(2).bytes(1_000_000));
    socket.write(sent);
    expect((await received(socket, sent.length)).equals(sent)).toBe(true);
    expect(proxy.bytes).toEqual({ up: sent.length, down: sent.length });
    socket.end();
    expect(await closed(socket)).toBeUndefined();
  });

  test('passes bytes unchanged over a late, narrow and lossy line', async () => {
    proxy.conditions = line('open', { delayMs: 5, jitterMs: 20, lossChance: 0.02, bitsPerSecond: 20_000_000 });
    const socket = await connect();
    const sent = Buffer.from(new SeededRandom(3).bytes(100_000));
    socket.write(sent);
    expect((await received(socket, sent.length)).equals(sent)).toBe(true);
  });

  test('says nothing while it is silent, and everything afterwards', async () => {
    const socket = await connect();
    await echo(socket, 'before');
    proxy.conditions = line('silent');
    const answer = echo(socket, 'during');
    const dialled = await connect();
    const late = echo(dialled, 'dialled');
    expect(accepted).toHaveLength(1);
    proxy.conditions = perfectLine;
    expect(await Promise.all([answer, late])).toEqual(['during', 'dialled']);
    for (const each of [socket, dialled]) each.destroy();
  });

  test('resets new connections while it refuses; older ones go on', async () => {
    const socket = await connect();
    await echo(socket, 'before');
    proxy.conditions = line('refusing');
    const refused = createConnection({ host: '127.0.0.1', port: proxy.port });
    expect(await closed(refused)).toBe('ECONNRESET');
    expect(await echo(socket, 'still')).toBe('still');
    socket.destroy();
  });

  test('cuts so that both sides are told', async () => {
    const socket = await connect();
    await echo(socket, 'hello');
    const ends = Promise.all([socket, ...accepted].map(closed));
    proxy.cut();
    expect(await ends).toEqual(['ECONNRESET', 'ECONNRESET']);
  });

  test('cuts so that one side is not told: it speaks into the void', async () => {
    const socket = await connect();
    await echo(socket, 'hello');
    const [server] = accepted;
    const end = closed(socket);
    proxy.cut(['client']);
    expect(await end).toBe('ECONNRESET');
    expect(server?.readyState).toBe('open');
    const again = await connect();
    expect(await echo(again, 'again')).toBe('again');
    expect(server?.readyState).toBe('open');
    again.destroy();
  });

  test('cuts in the middle of what is said next', async () => {
    const socket = await connect();
    await echo(socket, 'hello');
    proxy.cutInNext('down');
    const heard: Buffer[] = [];
    socket.on('data', (chunk) => heard.push(chunk));
    socket.write('0123456789');
    await closed(socket);
    expect(Buffer.concat(heard).toString()).toBe('01234');
  });

  test('flips one bit of what is said next, and of nothing after it', async () => {
    const socket = await connect();
    await echo(socket, 'hello');
    proxy.garbleNext('up');
    socket.write('abcdefgh');
    const heard = await received(socket, 8);
    const flipped = [...Buffer.from('abcdefgh')].map((byte, at) => byte ^ (heard[at] ?? 0)).filter((bits) => bits > 0);
    expect(flipped).toHaveLength(1);
    expect(await echo(socket, 'whole')).toBe('whole');
    socket.destroy();
  });

  test('resets the client when nobody listens at the target', async () => {
    target.close();
    await once(target, 'close');
    expect(await closed(await connect())).toBeDefined();
  });
});
