import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Program } from './testing/program.ts';

const CLI = fileURLToPath(new URL('bin/hongyan.mjs', import.meta.url));
const SERVER = fileURLToPath(new URL('../server/main.ts', import.meta.url));
const PASSWORD = 'correct horse battery';

let directory: string;
let server: Program;
let address: { port: number; tcpPort: number };
const programs: Program[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hongyan-cli-'));
  const data = join(directory, 'server');
  server = new Program([SERVER, '--host', '127.0.0.1', '--port', '0', '--tcp-port', '0', '--data', data]);
  address = JSON.parse(await server.line('"msg":"serving"'));
});

afterAll(async () => {
  await Promise.all([...programs, server].map((program) => program.stop()));
  await rm(directory, { recursive: true, force: true });
});

function chat(handle: string, options: { argv?: string[]; lang?: string } = {}): Program {
  const { argv = [], lang = 'C' } = options;
  const where = ['--server', `http://127.0.0.1:${address.port}`, '--data', join(directory, handle)];
  const program = new Program([CLI, 'chat', ...where, ...argv], { LANG: lang, LC_ALL: '' });
  programs.push(program);
  return program;
}

/** Creates the account and waits until it is online. */
async function register(handle: string, options: { argv?: string[]; lang?: string } = {}): Promise<Program> {
  const argv = ['--handle', handle, '--register', '--password-stdin', ...(options.argv ?? [])];
  const program = chat(handle, { ...options, argv });
  program.type(PASSWORD);
  return program;
}

test('[O3] two people write to each other, over WebSocket and TCP, and see how far their messages are', async () => {
  const alice = await register('alice');
  const bob = await register('bob', { argv: ['--transport', 'tcp', '--tcp-port', String(address.tcpPort)] });
  await alice.line('* online');
  await bob.line('* online');

  alice.type('/to bob');
  await alice.line('— bob (@bob) —');
  alice.type('hello bob');
  await bob.line('* alice: hello bob');
  await alice.line('✓✓ delivered: hello bob');

  bob.type('/to alice');
  await bob.line('alice: hello bob');
  await alice.line('✓✓ read: hello bob');

  bob.type('你好 👋');
  await alice.line('bob: 你好 👋');
  await bob.line('✓✓ read: 你好 👋');

  alice.type('/quit');
  expect(await alice.exitCode()).toBe(0);
  bob.type('are you there?');
  await bob.line('✓ sent: are you there?');

  const again = chat('alice');
  await again.line('Signed in as alice');
  await again.line('* bob: are you there?');
  again.type('/list');
  await again.line('bob (1 unread)');
  again.type('/to bob');
  await again.line('me: hello bob');
  await again.line('bob: 你好 👋');
  await again.line('bob: are you there?');
  await bob.line('✓✓ read: are you there?');

  again.type('/unread');
  await again.line('Left as unread');
  again.type('/list');
  await again.line('bob (unread)');

  for (const program of programs) expect(program.printed.join('\n')).not.toContain(PASSWORD);
});

test('[O3] a script that ends has sent what it wrote', async () => {
  const carol = await register('carol');
  await carol.line('* online');
  const dan = await register('dan');
  for (const line of ['/to carol', 'one', 'two']) dan.type(line);
  dan.endInput();
  expect(await dan.exitCode()).toBe(0);
  await carol.line('* dan: one');
  await carol.line('* dan: two');
});

test('[O3] what is written offline is kept, and sent when the server is there', async () => {
  const erin = await register('erin');
  const frank = await register('frank');
  await erin.line('* online');
  await frank.line('* online');
  erin.type('/to frank');
  erin.type('hello');
  await frank.line('* erin: hello');
  erin.type('/quit');
  await erin.exitCode();

  const nowhere = chat('erin', { argv: ['--transport', 'tcp', '--tcp-port', '1'] });
  await nowhere.line('* offline');
  nowhere.type('/to frank');
  await nowhere.line('me: hello');
  nowhere.type('from the tunnel');
  await nowhere.line('… queued');
  nowhere.type('/quit');
  expect(await nowhere.exitCode()).toBe(0);

  chat('erin');
  await frank.line('* erin: from the tunnel');
});

test('[O3] mistakes are told, in the language of the person', async () => {
  const grace = await register('grace', { lang: 'zh_CN.UTF-8' });
  await grace.line('已登录：grace');
  grace.type('hello?');
  await grace.line('请先打开一个会话');
  grace.type('/to nobody-at-all');
  await grace.line('没有找到账号 nobody-at-all');
  grace.type('/dance');
  await grace.line('没有 /dance 这个命令');
  grace.type('/name 格蕾丝');
  await grace.line('你现在叫 格蕾丝');

  const stranger = chat('stranger', { argv: ['--handle', 'grace', '--password-stdin'] });
  stranger.type('wrong password');
  await stranger.line('Handle or password is wrong.');
  expect(await stranger.exitCode()).toBe(1);
});
