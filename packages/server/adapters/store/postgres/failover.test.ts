import type { Store } from '@hongyan/core/ports';
import { expect, test } from 'vitest';
import { message } from '../testing/message.ts';
import { openPostgresStore, type PrimaryServer } from './index.ts';
import { FailoverLoad } from './testing/failover-load.ts';
import { startPair } from './testing/standby.ts';

const ACKNOWLEDGED_BEFORE = 1500;
const ACKNOWLEDGED_AFTER = 500;
const minutes = (count: number) => count * 60_000;

const openBoth = (url: string, onPrimary = (_: PrimaryServer) => {}): Promise<[Store, Store]> =>
  Promise.all([openPostgresStore({ url, onPrimary }), openPostgresStore({ url })]);

test(
  '[L2] [LOG-1] [LOG-2] [LOG-3] [REC-4] the primary is killed and its standby takes over: nothing acknowledged is lost, doubled or moved',
  async () => {
    await using pair = await startPair();
    const found: PrimaryServer[] = [];
    const stores = await openBoth(pair.url, (server) => found.push(server));
    const load = new FailoverLoad(stores);
    await load.acknowledged(ACKNOWLEDGED_BEFORE);
    await pair.failOver();
    await load.acknowledged(ACKNOWLEDGED_AFTER);
    await load.stop();
    console.log(`failover: the longest time without an acknowledgement was ${load.longestPauseMs} ms`);

    await load.expectKept(await openPostgresStore({ url: pair.primary.url }));
    expect(found).toMatchObject([
      { timeline: 1, synchronousStandbys: 'south' },
      { timeline: 2, synchronousStandbys: '' },
    ]);
    expect(found[1]?.name).not.toBe(found[0]?.name);
    await Promise.all(stores.map((store) => store.close()));
  },
  minutes(3),
);

test(
  '[L2] [LOG-2] after a switch the old primary follows the new one, and can take over again',
  async () => {
    await using pair = await startPair();
    const stores = await openBoth(pair.url);
    const load = new FailoverLoad(stores);
    await load.acknowledged(200);
    await pair.switchOver();
    await load.acknowledged(200);
    await pair.failOver();
    await load.acknowledged(200);
    await load.stop();
    await load.expectKept(stores[1]);
    await Promise.all(stores.map((store) => store.close()));
  },
  minutes(3),
);

test('[L2] a standby alone, and a server that is read-only, are refused with the reason', async () => {
  await using pair = await startPair();
  const standby = openPostgresStore({ url: pair.standby.url });
  await expect(standby).rejects.toMatchObject({ name: 'StoreOpenError', reason: 'no-primary' });
  await expect(standby).rejects.toThrow('it is a standby and takes no writes');
  await pair.primary.query('ALTER SYSTEM SET default_transaction_read_only = on');
  await pair.primary.query('SELECT pg_reload_conf()');
  const isReadOnly = async () => (await pair.primary.query('SHOW transaction_read_only'))[0]?.transaction_read_only;
  while ((await isReadOnly()) !== 'on');
  const both = openPostgresStore({ url: pair.url });
  await expect(both).rejects.toMatchObject({ reason: 'no-primary' });
  await expect(both).rejects.toThrow(/it is a standby .*it is read-only/);
});

test('[P8] a server that becomes read-only while it is used answers unavailable, and is used again when it takes writes', async () => {
  await using pair = await startPair();
  const troubled = Promise.withResolvers<Error>();
  const store = await openPostgresStore({ url: pair.url, onTrouble: troubled.resolve });
  await store.log.append(message('0'));
  const configure = async (value: string) => {
    await pair.primary.query(`ALTER SYSTEM SET default_transaction_read_only = ${value}`);
    await pair.primary.query('SELECT pg_reload_conf()');
  };
  await configure('on');
  const refusal = async (count: number): Promise<unknown> => {
    try {
      await store.log.append(message(String(count)));
    } catch (error) {
      return error;
    }
    return refusal(count + 1);
  };
  expect(await refusal(1)).toMatchObject({ name: 'StoreError', kind: 'unavailable' });
  const waiting = store.log.append(message('0'));
  expect((await troubled.promise).message).toMatch(/it is read-only .*it is a standby/);
  await configure('off');
  expect((await waiting).seq).toBe(1);
  await store.close();
});
