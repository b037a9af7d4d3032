import { type Client, createClient, MemoryStore, tcpTransport } from '@hongyan/sdk/node';
import { SeededRandom } from '@hongyan/testkit/random';
import { createAccounts, PASSWORD } from '../run/accounts.ts';
import type { System } from '../run/system.ts';
import { OtherDevice } from '../sync/other-device.ts';
import { type Weight, weighingTransport } from '../sync/weighing-transport.ts';
import type { Outcome } from './report.ts';

/** How many conversations an account has, and what part of them changes while its device is away. */
const CONVERSATIONS = [10, 100, 1_000];
const CHANGED_PARTS = [0, 0.01, 0.1];

export interface SyncOptions {
  bodyBytes: number;
  seed: number;
}

interface Row {
  conversations: number;
  /** On the first return after the sign-in the server has not heard yet what the device holds. */
  changed: number | 'first return';
  bytesUp: number;
  bytesDown: number;
  /** From the start of the program to the last difference applied, the server on the same machine. */
  ms: number;
}

/** D7: what it costs in bytes to sign in again after an absence in which a part of the conversations changed. */
export async function runSync(
  system: System,
  { bodyBytes, seed }: SyncOptions,
  log: (line: string) => void,
): Promise<Outcome> {
  const most = Math.max(...CONVERSATIONS);
  log(`creating ${most + CONVERSATIONS.length} accounts`);
  const accounts = await createAccounts(system.port, most + CONVERSATIONS.length);
  const peers = accounts.slice(CONVERSATIONS.length).map(({ userId }) => userId);
  const random = new SeededRandom(seed);
  const target = system.target('tcp');
  const rows: Row[] = [];
  for (const [index, conversations] of CONVERSATIONS.entries()) {
    const account = accounts[index];
    if (account === undefined) throw new Error('there is no account');
    const other = await OtherDevice.connect(target, account, bodyBytes);
    await other.writeTo(peers.slice(0, conversations));
    const store = new MemoryStore();
    await visit(system, store, (client) =>
      client.signIn({ handle: `bench${index}`, password: PASSWORD, deviceName: 'measured' }),
    );
    const first = await visit(system, store, (client) => client.start());
    rows.push({ conversations, changed: 'first return', ...first });
    for (const part of CHANGED_PARTS) {
      const changed = Math.round(conversations * part);
      await other.writeTo(someOf(peers.slice(0, conversations), changed, random));
      rows.push({ conversations, changed, ...(await visit(system, store, (client) => client.start())) });
    }
    other.leave();
  }
  return {
    lines: [
      'conversations        changed     bytes up   bytes down         ms',
      ...rows.map(({ conversations, changed, bytesUp, bytesDown, ms }) =>
        [conversations, changed, bytesUp, bytesDown, ms].map((cell) => String(cell).padStart(13)).join(''),
      ),
    ],
    json: { scenario: 'sync', rows },
    good: true,
  };
}

/** `count` of `items`, each at most once. */
function someOf<T>(items: readonly T[], count: number, random: SeededRandom): T[] {
  const left = [...items];
  return Array.from({ length: count }, () => left.splice(random.between(0, left.length - 1), 1)).flat();
}

/** A program that begins with what the store has, ends when it is up to date, and leaves the store as it is then. */
async function visit(
  system: System,
  store: MemoryStore,
  begin: (client: Client) => Promise<unknown>,
): Promise<Pick<Row, 'bytesUp' | 'bytesDown' | 'ms'>> {
  const weight: Weight = { up: 0, down: 0 };
  const transport = weighingTransport(tcpTransport({ host: '127.0.0.1', port: system.doors[0]?.tcpPort ?? 0 }), weight);
  const client = createClient({ server: `http://127.0.0.1:${system.port}`, store, transport });
  const online = new Promise<void>((resolve) => {
    client.on('connection', ({ status }) => {
      if (status === 'online') resolve();
    });
  });
  const startedMs = performance.now();
  await begin(client);
  await online;
  const ms = Math.round(performance.now() - startedMs);
  const { up: bytesUp, down: bytesDown } = weight;
  await client.close();
  return { bytesUp, bytesDown, ms };
}
