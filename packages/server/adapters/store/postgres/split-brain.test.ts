import { expect, test } from 'vitest';
import { message, whole } from '../testing/message.ts';
import { openPostgresStore } from './index.ts';
import { FailoverLoad } from './testing/failover-load.ts';
import { startServer, type TestServer } from './testing/server.ts';
import { startPair } from './testing/standby.ts';

const unavailable = { name: 'StoreError', kind: 'unavailable' };
const minutes = (count: number) => count * 60_000;
const { conversationId } = message('');

/** The sessions whose commits wait for a standby; resolves when there are as many as wanted. */
async function waiting(server: TestServer, count: number): Promise<number[]> {
  for (;;) {
    const rows = await server.query("SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
    if (rows.length === count) return rows.map(({ pid }) => Number(pid));
  }
}

test(
  '[L2] [LOG-1] a primary that hung while its standby took over acknowledges nothing when it wakes',
  async () => {
    await using pair = await startPair();
    const old = pair.primary;
    const onBoth = await openPostgresStore({ url: pair.url });
    const onOldAlone = await openPostgresStore({ url: old.url });
    const load = new FailoverLoad([onBoth]);
    await load.acknowledged(200);
    await onOldAlone.log.append(message('before'));
    await old.freeze();
    await pair.promote();
    old.thaw();

    const troubles: string[] = [];
    const late = onOldAlone.log.append(message('late'));
    const opening = openPostgresStore({ url: old.url, onTrouble: ({ message }) => troubles.push(message) });
    await expect(opening).rejects.toMatchObject({ name: 'StoreOpenError', reason: 'no-primary' });
    await expect(opening).rejects.toThrow('it does not commit (synchronous_standby_names is south)');
    await expect(late).rejects.toMatchObject(unavailable);
    await load.acknowledged(200);
    await load.stop();
    console.log(`hung primary: the longest time without an acknowledgement was ${load.longestPauseMs} ms`);

    await load.expectKept(onBoth);
    const kept = await onBoth.log.read(whole(conversationId));
    expect(kept.map(({ clientMessageId }) => clientMessageId)).toEqual(['before']);
    await old.kill();
    await Promise.all([onBoth.close(), onOldAlone.close()]);
  },
  minutes(3),
);

test('[LOG-1] a commit whose wait for the standby is cancelled is in doubt, not acknowledged', async () => {
  await using pair = await startPair();
  const store = await openPostgresStore({ url: pair.url });
  await store.log.append(message('before'));
  await pair.standby.freeze();
  const asked = store.log.append(message('cancelled'));
  asked.catch(() => {});
  const [pid] = await waiting(pair.primary, 1);
  await pair.primary.query(`SELECT pg_cancel_backend(${pid})`);
  await expect(asked).rejects.toMatchObject(unavailable);
  pair.standby.thaw();
  expect(await store.log.append(message('cancelled'))).toMatchObject({ seq: 2, duplicate: true });
  await store.close();
});

test(
  '[LOG-1] [LOG-3] a primary that crashed shows what its standby does not hold to nobody',
  async () => {
    await using pair = await startPair();
    const store = await openPostgresStore({ url: pair.url });
    await store.log.append(message('before'));
    await pair.standby.kill();
    const asked = store.log.append(message('in doubt'));
    asked.catch(() => {});
    await waiting(pair.primary, 1);
    await pair.primary.kill();
    await expect(asked).rejects.toMatchObject(unavailable);
    await pair.primary.start();
    // The server itself shows what it had committed and told nobody.
    const own = await pair.primary.query('SELECT client_message_id AS id FROM hongyan.entries ORDER BY seq');
    expect(own).toEqual([{ id: 'before' }, { id: 'in doubt' }]);
    await expect(store.log.read(whole(conversationId))).rejects.toMatchObject(unavailable);
    await expect(store.log.append(message('in doubt'))).rejects.toMatchObject(unavailable);
    await expect(openPostgresStore({ url: pair.url })).rejects.toThrow('it does not commit');

    await pair.primary.kill();
    await pair.standby.start();
    await pair.promote();
    const insist = async (): Promise<{ seq: number; duplicate: boolean }> =>
      store.log.append(message('in doubt')).catch(insist);
    expect(await insist()).toMatchObject({ seq: 2, duplicate: false });
    await store.close();
  },
  minutes(2),
);

test(
  '[L2] a server that was left behind, and one that is no copy, are not written to when the right one is away',
  async () => {
    await using pair = await startPair();
    await using stranger = await startServer();
    const troubles: string[] = [];
    const directory = new URL(stranger.url).searchParams.get('host');
    const store = await openPostgresStore({
      url: `${pair.url},${encodeURIComponent(directory ?? '')}`,
      onTrouble: ({ message }) => troubles.push(message),
    });
    const old = pair.primary;
    await store.log.append(message('before'));
    // It would commit without a standby.
    await old.query('ALTER SYSTEM RESET synchronous_standby_names');
    await pair.failOver();
    const insist = async (): Promise<number> => store.log.append(message('after')).then(({ seq }) => seq, insist);
    expect(await insist()).toBe(2);
    await old.start();
    await pair.primary.stop();
    await expect(store.log.append(message('astray'))).rejects.toMatchObject(unavailable);
    await expect(store.log.append(message('astray'))).rejects.toMatchObject(unavailable);
    expect(troubles.at(-1)).toMatch(/it was left behind when \S+ took over/);
    expect(troubles.at(-1)).toMatch(/it is no copy of \S+, it holds another database/);
    expect(await old.query('SELECT count(*)::int AS count FROM hongyan.entries')).toEqual([{ count: 1 }]);
    expect(await stranger.query("SELECT to_regnamespace('hongyan') AS schema")).toEqual([{ schema: null }]);
    await store.close();
  },
  minutes(2),
);
