import { CloseCode, type Command, MESSAGE_FRAMES_MAX, selfConversationId } from '@hongyan/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Bystanders } from './bystanders.ts';
import { http } from './polling.ts';
import { frameOf, helloWith, PING_ID, ping, RawConnection, type Transport } from './raw-connection.ts';
import { type Account, createAccount, runningServer } from './running-server.ts';
import { closeCodeOf } from './throwing.ts';

const transports: readonly Transport[] = ['ws', 'tcp', 'poll'];
const BYTES_MAX = 2 * 1024 * 1024;

let server: Awaited<ReturnType<typeof runningServer>>;
let mallory: Account;

beforeAll(async () => {
  server = await runningServer('--registrations-per-minute', '0');
  mallory = await createAccount(server.url, 'mallory');
});
afterAll(() => server[Symbol.asyncDispose]());

/** Two who are there for the first time. */
let pairs = 0;
async function couple(url = server.url): Promise<readonly [Account, Account]> {
  pairs += 1;
  return [await createAccount(url, `ada${pairs}`), await createAccount(url, `bob${pairs}`)];
}

const bystanders = async () => Bystanders.start(server.target, await couple(), ['tcp', 'ws']);

async function signedIn(transport: Transport, { accessToken } = mallory): Promise<RawConnection> {
  const connection = await RawConnection.open(server.target, transport);
  await connection.signIn(accessToken);
  return connection;
}

/** Whoever was let in is answered. */
async function isServed(connection: RawConnection): Promise<void> {
  connection.command(ping);
  expect((await connection.reply(PING_ID)).case).toBe('pong');
}

test.each(['ws', 'poll'] as const)(
  '[FRM-2, POL-4, SES-16] as many pings as one message over %s holds end their session, and nobody else’s',
  async (over) => {
    const others = await bystanders();
    const attacker = await signedIn(over);
    const frame = frameOf({ ...ping, id: 1 });
    const count = Math.floor(BYTES_MAX / frame.length);
    expect(count).toBeGreaterThan(20 * MESSAGE_FRAMES_MAX);
    attacker.send(Buffer.concat(Array.from({ length: count }, () => frame)));
    expect(await closeCodeOf(attacker, over)).toBe(CloseCode.RATE_EXCEEDED);
    expect((await others.finish()).exchanged).toBeGreaterThan(1);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  },
);

test('[LOD-8] one account that asks for as much as its sessions may keeps nobody from signing in or talking', async () => {
  const others = await bystanders();
  const conversationId = selfConversationId(mallory.userId);
  const value = { conversationId, afterSeq: 0, beforeSeq: 0, limit: 200 };
  const pages: Command[] = Array.from({ length: 256 }, (_, n) => ({
    id: 100 + n,
    body: { case: 'fetchEntries', value },
  }));
  const attackers = await Promise.all(Array.from({ length: 16 }, () => signedIn('tcp')));
  const flood = Buffer.concat(pages.map(frameOf));
  for (const attacker of attackers) attacker.send(flood);
  const honest = await signedIn('ws', (await couple())[0]);
  await isServed(honest);
  for (const attacker of attackers) {
    const reply = await attacker.reply(355);
    if (reply.case !== 'entryPage') expect(reply).toMatchObject({ case: 'error', value: { message: /this account/ } });
    attacker.end();
  }
  honest.end();
  expect((await others.finish()).exchanged).toBeGreaterThan(1);
});

test.each(transports)('[SES-15] the sessions of one device over %s are as many as it may have', async (over) => {
  const others = await bystanders();
  const account = await createAccount(server.url, `crowd-${over}`);
  const sessions: RawConnection[] = [];
  for (let n = 0; n < 20; n++) sessions.push(await signedIn(over, account));
  for (const surplus of sessions.slice(0, 4)) {
    const { closing } = await surplus.ended;
    expect(closing).toMatchObject({ code: CloseCode.OVERLOADED, retryAfterMs: 60_000 });
  }
  for (const session of sessions.slice(4)) await isServed(session);
  for (const session of sessions) session.end();
  expect((await others.finish()).exchanged).toBeGreaterThan(1);
});

test('[LOD-2] whoever has no good token keeps nobody from signing in', async () => {
  const rate = ['--handshakes-per-second', '1', '--handshakes-burst', '3'];
  await using narrow = await runningServer(...rate);
  const [ada, bob] = await couple(narrow.url);
  const others = await Bystanders.start(narrow.target, [ada, bob], ['ws', 'tcp']);
  for (let n = 0; n < 30; n++) {
    const attacker = await RawConnection.open(narrow.target, 'tcp');
    attacker.command(helloWith(`${ada.accessToken}x`));
    expect(await closeCodeOf(attacker, 'tcp')).toBe(CloseCode.UNAUTHENTICATED);
  }
  const honest = await RawConnection.open(narrow.target, 'ws');
  await honest.signIn(bob.accessToken);
  honest.end();
  expect((await others.finish()).exchanged).toBeGreaterThan(1);
});

test('[POL-1] one address opens so many connections in a minute, and those who are there go on', async () => {
  await using narrow = await runningServer('--polling-connections-per-minute', '5');
  const [ada, bob] = await couple(narrow.url);
  const others = await Bystanders.start(narrow.target, [ada, bob], ['poll', 'poll']);
  const statuses: number[] = [];
  for (let n = 0; n < 5; n++) statuses.push((await http(narrow.target.port, 'POST', '/v1/poll')).status);
  expect(statuses).toEqual([201, 201, 201, 429, 429]);
  const refused = await http(narrow.target.port, 'POST', '/v1/poll');
  expect(JSON.parse(refused.body.toString())).toMatchObject({ code: 'rate-limited' });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await others.finish()).exchanged).toBeGreaterThan(1);
});
