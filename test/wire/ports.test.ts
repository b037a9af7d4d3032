import { once } from 'node:events';
import { createConnection } from 'node:net';
import {
  CloseCode,
  type Command,
  DEFAULT_LIMITS,
  directConversationId,
  ErrorCode,
  encodeText,
  joinFrames,
  NO_HOLDINGS,
  selfConversationId,
} from '@hongyan/protocol';
import { SeededRandom } from '@hongyan/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bystanders } from './bystanders.ts';
import { mutations } from './mutations.ts';
import { expectationOf } from './oracle.ts';
import { frameOf, helloWith, PING_ID, ping, RawConnection, type Transport } from './raw-connection.ts';
import { type Account, createAccount, runningServer } from './running-server.ts';
import { closeCodeOf, throwBytes } from './throwing.ts';
import { badVectors, commandVectors, fromHex, toleratedVectors } from './vectors.ts';

const transports: readonly Transport[] = ['ws', 'tcp', 'poll'];
/** Any other number is as good; a failure names the case. */
const SEED = 20_261_121;
const MUTATED_FRAMES = 1_200;
/** Below the sessions that one device may have (SES-15), as some end a moment later on the server's side. */
const CONCURRENCY = 12;

let server: Awaited<ReturnType<typeof runningServer>>;
let ada: Account;
let bob: Account;
let carla: Account;
let dora: Account;
let mallory: Account;
/** Half a frame and then nothing, from the very beginning: HANDSHAKE_TIMEOUT takes its time. */
let slowLoris: { transport: Transport; connection: RawConnection }[];

async function signedIn(transport: Transport): Promise<RawConnection> {
  const connection = await RawConnection.open(server.target, transport);
  await connection.signIn(mallory.accessToken);
  return connection;
}

const connect = (transport: Transport, live: boolean) =>
  live ? signedIn(transport) : RawConnection.open(server.target, transport);

beforeAll(async () => {
  server = await runningServer('--polling-connections-per-minute', '0');
  [ada, bob, carla, dora, mallory] = await Promise.all([
    createAccount(server.url, 'ada'),
    createAccount(server.url, 'bob'),
    createAccount(server.url, 'carla'),
    createAccount(server.url, 'dora'),
    createAccount(server.url, 'mallory'),
  ]);
  slowLoris = [
    { transport: 'ws', connection: await RawConnection.open(server.target, 'ws') },
    { transport: 'tcp', connection: await RawConnection.open(server.target, 'tcp') },
    { transport: 'poll', connection: await RawConnection.open(server.target, 'poll') },
  ];
  slowLoris[1]?.connection.send(frameOf(helloWith(mallory.accessToken)).subarray(0, 9));
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

/** A request's body has whole frames, as a WebSocket message has (POL-4). */
const framingOf = (transport: Transport) => (transport === 'poll' ? 'ws' : transport);

const thrown = badVectors.flatMap((vector) =>
  transports
    .filter((transport) => vector.transport === 'both' || vector.transport === framingOf(transport))
    .map((transport) => ({ ...vector, over: transport })),
);

describe('bad vectors at both ports', () => {
  test.each(thrown)('[$rule] $name over $over: $description', async ({ over, after, hex, expect: expected }) => {
    const connection = await connect(over, after === 'hello');
    connection.send(fromHex(hex));
    if ('close' in expected) {
      expect(await closeCodeOf(connection, over)).toBe(expected.close);
      return;
    }
    expect(await connection.reply(expected.id)).toMatchObject({ case: 'error', value: { code: expected.error } });
    connection.command(ping);
    expect((await connection.reply(PING_ID)).case).toBe('pong');
    connection.end();
    await connection.ended;
  });
});

describe('input that no vector can hold', () => {
  test.each(['', 'hello', '\u0000\u0000\u0000\u0004'])(
    '[FRM-2] the text message %j closes with MALFORMED',
    async (text) => {
      for (const live of [false, true]) {
        const connection = await connect('ws', live);
        connection.send(text);
        expect(await closeCodeOf(connection, 'ws')).toBe(CloseCode.MALFORMED);
      }
    },
  );

  test.each(transports)(
    '[P9] more positions than the limit end a Hello over %s, as many as it are welcome',
    async (over) => {
      const positions = Array.from({ length: DEFAULT_LIMITS.positionsMax + 1 }, (_, index) => ({
        conversationHash: index,
        seq: index,
        readSeq: Number.MAX_SAFE_INTEGER,
        cursorSum: 1,
      }));
      const hello = (count: number): Command => {
        const { id, body } = helloWith(mallory.accessToken);
        if (body?.case !== 'hello') throw new Error('not a Hello');
        return {
          id,
          body: {
            case: 'hello',
            value: { ...body.value, holdings: { ...NO_HOLDINGS, positions: positions.slice(0, count) } },
          },
        };
      };
      const greedy = await connect(over, false);
      greedy.command(hello(DEFAULT_LIMITS.positionsMax + 1));
      expect(await closeCodeOf(greedy, over)).toBe(CloseCode.MALFORMED);
      const thorough = await connect(over, false);
      thorough.command(hello(DEFAULT_LIMITS.positionsMax));
      expect((await thorough.reply(1)).case).toBe('welcome');
      await thorough.next((frame) => frame.body?.case === 'synced');
      thorough.end();
    },
  );

  test.each(transports)(
    '[LOG-5] a body or an id beyond the limits is refused over %s, and nothing is written',
    async (over) => {
      const connection = await connect(over, true);
      const conversationId = selfConversationId(mallory.userId);
      const send = (id: number, clientMessageId: string, bodyBytes: number) =>
        connection.command({
          id,
          body: {
            case: 'sendMessage',
            value: { conversationId, clientMessageId, clientTimeMs: 0, body: new Uint8Array(bodyBytes) },
          },
        });
      send(1, 'big', DEFAULT_LIMITS.bodyBytesMax + 1);
      expect(await connection.reply(1)).toMatchObject({ case: 'error', value: { code: ErrorCode.LIMIT_EXCEEDED } });
      send(2, 'x'.repeat(DEFAULT_LIMITS.clientMessageIdBytesMax + 1), 1);
      expect(await connection.reply(2)).toMatchObject({ case: 'error', value: { code: ErrorCode.LIMIT_EXCEEDED } });
      send(3, 'empty', 0);
      expect(await connection.reply(3)).toMatchObject({ case: 'error' });
      send(4, '', 1);
      expect(await connection.reply(4)).toMatchObject({ case: 'error' });
      connection.end();
    },
  );

  test.each(transports)("[LOG-4] somebody else's conversation is neither read nor written over %s", async (over) => {
    const connection = await connect(over, true);
    const conversationId = directConversationId(ada.userId, bob.userId);
    const bodies: Command['body'][] = [
      { case: 'fetchEntries', value: { conversationId, afterSeq: 0, beforeSeq: 0, limit: 10 } },
      { case: 'fetchConversation', value: { conversationId, limit: 10 } },
      { case: 'advanceCursor', value: { conversationId, deliveredSeq: 1, readSeq: 1 } },
      {
        case: 'sendMessage',
        value: { conversationId, clientMessageId: 'm1', clientTimeMs: 0, body: new Uint8Array(1) },
      },
    ];
    for (const [index, body] of bodies.entries()) {
      connection.command({ id: 10 + index, body });
      expect(await connection.reply(10 + index)).toMatchObject({ case: 'error', value: { code: ErrorCode.FORBIDDEN } });
    }
    connection.end();
  });

  test.each(transports)('[P9] a session that sends nothing but wrong commands over %s is closed', async (over) => {
    const connection = await connect(over, true);
    const nonsense = frameOf({ id: 5, body: undefined });
    connection.send(Uint8Array.from(Buffer.concat(Array.from({ length: 200 }, () => nonsense))));
    expect(await closeCodeOf(connection, over)).toBe(CloseCode.RATE_EXCEEDED);
  });

  test('[P9] bytes that are not HTTP end at the HTTP port, and upgrades elsewhere are refused', async () => {
    const answers: [string, RegExp][] = [
      ['\u0016\u0003\u0001 not http\r\n\r\n', /^HTTP\/1\.1 400/],
      ['GET /v1/elsewhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n', /^HTTP\/1\.1 404/],
      ['GET /v1/ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n', /^HTTP\/1\.1 400/],
    ];
    for (const [request, answer] of answers) {
      const socket = createConnection({ host: '127.0.0.1', port: server.target.port });
      socket.end(request);
      const chunks: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      await once(socket, 'close');
      expect(Buffer.concat(chunks).toString('latin1')).toMatch(answer);
    }
  });
});

test(`[P9] ${MUTATED_FRAMES} mutated frames get what the rules say, and four others talk through it without a loss`, async () => {
  const bystanders = [
    await Bystanders.start(server.target, [ada, bob], ['ws', 'tcp']),
    await Bystanders.start(server.target, [carla, dora], ['poll', 'poll']),
  ];
  const content = encodeText('to myself');
  const conversationId = selfConversationId(mallory.userId);
  const corpus = [
    ...[...commandVectors, ...toleratedVectors, ...badVectors].map(({ hex }) => fromHex(hex)),
    frameOf(helloWith(mallory.accessToken)),
    frameOf({
      id: 20,
      body: { case: 'sendMessage', value: { conversationId, clientMessageId: 'm', clientTimeMs: 1, body: content } },
    }),
    joinFrames([new Uint8Array(5_000)]),
  ];
  const random = new SeededRandom(SEED);
  const cases = Array.from({ length: MUTATED_FRAMES }, () => {
    const [name, mutate] = random.pick(Object.entries(mutations));
    const bytes = Uint8Array.from(mutate(random, random.pick(corpus), corpus));
    return { name, bytes, transport: random.pick(transports), live: random.chance(0.5) };
  });
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < cases.length; index = next++) {
      const { name, bytes, transport, live } = cases[index] ?? expect.fail('no case');
      const { accessToken } = mallory;
      const expected = expectationOf([bytes, frameOf(ping)], { transport, live, accessToken });
      await throwBytes(await connect(transport, live), bytes, expected, transport).catch((cause: unknown) => {
        const what = `case ${index} (${name}, ${transport}, ${live ? 'live' : 'first'}): ${Buffer.from(bytes).toString('hex')}`;
        throw new Error(what, { cause });
      });
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  for (const pair of bystanders) expect((await pair.finish()).exchanged).toBeGreaterThan(CONCURRENCY);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});

test('[SES-1] half a Hello and then silence closes with HANDSHAKE_TIMEOUT', async () => {
  for (const { transport, connection } of slowLoris) {
    expect(await closeCodeOf(connection, transport)).toBe(CloseCode.HANDSHAKE_TIMEOUT);
  }
});
