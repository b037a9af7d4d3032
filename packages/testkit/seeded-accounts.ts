import { ID_LENGTH, idFromBytes } from '@hongyan/protocol';
import { openPostgresStore } from '@hongyan/server/adapters/store/postgres/index.ts';
import { createAccessTokens, loadKeys } from '@hongyan/server/auth';
import { SeededRandom } from './random/seeded-random.ts';

/** An account with one device, signed in for a quarter of an hour. */
export interface SeededAccount {
  userId: string;
  accessToken: string;
}

/** Each account is a commit of its own, and a store makes few of them at a time. */
const STORES = 8;
/** Put into each store at a time. */
const BATCH = 100;

/** Puts accounts into a database as registering would, but for the password hash, of which each costs 50 ms. */
export async function seedAccounts(url: string, count: number): Promise<SeededAccount[]> {
  const opening = Array.from({ length: STORES }, () => openPostgresStore({ url, appendLanes: 1, readLanes: 1 }));
  const stores = await Promise.all(opening);
  const [first] = stores;
  if (first === undefined) throw new Error('there is no store');
  const random = new SeededRandom(1);
  const clock = { now: Date.now, schedule: () => () => undefined };
  try {
    const { access } = await loadKeys(first.secrets, random);
    const tokens = createAccessTokens(access, clock);
    const seedOne = async (index: number): Promise<SeededAccount> => {
      const store = stores[index % stores.length] ?? first;
      const userId = idFromBytes('u', random.bytes(ID_LENGTH));
      const deviceId = idFromBytes('d', random.bytes(ID_LENGTH));
      const createdAtMs = clock.now();
      const names = { handle: `seeded${index}`, displayName: `Seeded ${index}`, statusLine: '', passwordHash: '' };
      await store.accounts.createUser({ userId, ...names, createdAtMs });
      const refresh = { refreshHash: deviceId, previousRefreshHash: '' };
      await store.accounts.createDevice({
        ...{ deviceId, userId, name: 'bench', kind: 'bot' },
        ...{ createdAtMs, lastSeenAtMs: createdAtMs, ...refresh },
      });
      const { accessToken } = await tokens.issue({ userId, deviceId });
      return { userId, accessToken };
    };
    const seeded: SeededAccount[] = [];
    for (let from = 0; from < count; from += BATCH * STORES) {
      const indexes = Array.from({ length: Math.min(BATCH * STORES, count - from) }, (_, at) => from + at);
      seeded.push(...(await Promise.all(indexes.map(seedOne))));
    }
    return seeded;
  } finally {
    await Promise.all(stores.map((store) => store.close()));
  }
}
