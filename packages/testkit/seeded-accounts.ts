import { ID_LENGTH, idFromBytes } from '@hongyan/protocol';
import { openPostgresStore } from '@hongyan/server/adapters/store/postgres/index.ts';
import { createAccessTokens, loadKeys } from '@hongyan/server/auth';
import { SeededRandom } from './random/seeded-random.ts';

/** An account with one device, signed in for a quarter of an hour. */
export interface SeededAccount {
  userId: string;
  accessToken: string;
}

/** Put into the store at a time. */
const BATCH = 500;

/** Puts accounts into a database as registering would, but for the password hash, of which each costs 50 ms. */
export async function seedAccounts(url: string, count: number): Promise<SeededAccount[]> {
  const store = await openPostgresStore({ url });
  const random = new SeededRandom(1);
  const clock = { now: Date.now, schedule: () => () => undefined };
  try {
    const { access } = await loadKeys(store.secrets, random);
    const tokens = createAccessTokens(access, clock);
    const seedOne = async (index: number): Promise<SeededAccount> => {
      const userId = idFromBytes('u', random.bytes(ID_LENGTH));
      const deviceId = idFromBytes('d', random.bytes(ID_LENGTH));
      const createdAtMs = clock.now();
      const names = { handle: `seeded${index}`, displayName: `Seeded ${index}`, statusLine: '', passwordHash: '' };
      await store.accounts.createUser({ userId, ...names, createdAtMs });
      const refresh = { refreshHash: deviceId, previousRefreshHash: '' };
      await store.accounts.createDevice({ deviceId, userId, name: 'bench', createdAtMs, ...refresh });
      const { accessToken } = await tokens.issue({ userId, deviceId });
      return { userId, accessToken };
    };
    const seeded: SeededAccount[] = [];
    for (let from = 0; from < count; from += BATCH) {
      const indexes = Array.from({ length: Math.min(BATCH, count - from) }, (_, at) => from + at);
      seeded.push(...(await Promise.all(indexes.map(seedOne))));
    }
    return seeded;
  } finally {
    await store.close();
  }
}
