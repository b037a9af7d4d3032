import { API_KEYS_MAX, type ApiKeyRecord, type AppUserChange, type Store } from '@hongyan/core/ports';
import { describe, expect, test } from 'vitest';
import { ann, ben, rejected, user } from './store-fixtures.ts';

const key = (keyId: string, fields: Partial<ApiKeyRecord> = {}): ApiKeyRecord => ({
  ...{ keyId, name: `key ${keyId}`, keyHash: `hash of ${keyId}`, scopes: ['users'] },
  ...{ createdAtMs: 5, lastUsedAtMs: 0 },
  ...fields,
});

const change = (externalId: string, fields: Partial<AppUserChange> = {}): AppUserChange => ({
  ...{ externalId, displayName: `User ${externalId}`, handle: undefined, userId: `u-${externalId}`, createdAtMs: 5 },
  ...fields,
});

export function appAccessContract(store: () => Store): void {
  describe('API keys', () => {
    test('[A4] a key is found by its hash until it is revoked, and made once', async () => {
      const shop = key('k1', { scopes: ['users', 'keys'] });
      await store().accounts.createApiKey(shop);
      await store().accounts.createApiKey({ ...shop, name: 'another' });
      expect(await store().accounts.apiKeyByHash('hash of k1')).toEqual(shop);
      expect(await store().accounts.apiKeyByHash('hash of k2')).toBeUndefined();
      await store().accounts.createApiKey(key('k0', { createdAtMs: 9 }));
      expect((await store().accounts.apiKeys()).map(({ keyId }) => keyId)).toEqual(['k1', 'k0']);
      expect([await store().accounts.deleteApiKey('k1'), await store().accounts.deleteApiKey('k1')]).toEqual([
        true,
        false,
      ]);
      expect(await store().accounts.apiKeyByHash('hash of k1')).toBeUndefined();
    });

    test('[A4] when a key was used moves forward only', async () => {
      await store().accounts.createApiKey(key('k1'));
      await store().accounts.seeApiKeys([
        { id: 'k2', seenAtMs: 8 },
        { id: 'k1', seenAtMs: 7 },
      ]);
      await store().accounts.seeApiKeys([{ id: 'k1', seenAtMs: 6 }]);
      expect(await store().accounts.apiKeys()).toEqual([key('k1', { lastUsedAtMs: 7 })]);
    });

    test('[P8] there is an end to how many keys there may be', async () => {
      for (let at = 0; at < API_KEYS_MAX; at++) await store().accounts.createApiKey(key(`k${at}`));
      await expect(store().accounts.createApiKey(key('more'))).rejects.toEqual(rejected('too-many-api-keys'));
    });
  });

  describe('users of apps', () => {
    const put = (externalId: string, fields: Partial<AppUserChange> = {}) =>
      store().accounts.putAppUser(change(externalId, fields));

    test('[A4] an external id has one account, which is made once and changed after that', async () => {
      const made = await put('7');
      const expected = user('u-7', 'u-7', { displayName: 'User 7', passwordHash: '', createdAtMs: 5 });
      expect(made).toEqual({ externalId: '7', user: expected, isNew: true });
      const renamed = await put('7', { displayName: 'Ana', handle: 'ana', userId: 'u-other', createdAtMs: 9 });
      const now = { ...expected, displayName: 'Ana', handle: 'ana' };
      expect(renamed).toEqual({ externalId: '7', user: now, isNew: false });
      expect(await put('7', { displayName: 'Ana' })).toEqual(renamed);
      expect(await store().accounts.appUser('7')).toEqual({ externalId: '7', user: now });
      expect(await store().accounts.userByHandle('ANA')).toEqual(now);
      expect(await store().accounts.userById('u-other')).toBeUndefined();
      expect(await store().accounts.appUser('8')).toBeUndefined();
    });

    test('[P2, A4] of several who bring one user at once, one makes the account', async () => {
      const put = await Promise.all(
        ['a', 'b', 'c'].map((userId) => store().accounts.putAppUser(change('7', { userId: `u-${userId}` }))),
      );
      expect(new Set(put.map(({ user }) => user.userId)).size).toBe(1);
      expect(put.filter(({ isNew }) => isNew)).toHaveLength(1);
    });

    test('[A4] a handle that another account has is refused, and nothing is made or changed', async () => {
      await store().accounts.createUser(user(ann, 'ann'));
      await expect(put('7', { handle: 'ANN' })).rejects.toEqual(rejected('handle-taken'));
      expect(await store().accounts.appUser('7')).toBeUndefined();
      const { user: before } = await put('7', { handle: 'ana' });
      await expect(put('7', { handle: 'ann', displayName: 'x' })).rejects.toEqual(rejected('handle-taken'));
      expect((await store().accounts.appUser('7'))?.user).toEqual(before);
      expect((await put('7', { handle: 'Ana' })).user.handle).toBe('Ana');
      expect(await store().accounts.usersById([ben])).toEqual([]);
    });

    test('[A4] they are listed by the bytes of their ids, from any place on', async () => {
      for (const [at, externalId] of ['b', 'B', '10', '9', 'a@b.c'].entries())
        await put(externalId, { userId: `u${at}` });
      const after = async (externalId: string, limit: number) =>
        (await store().accounts.appUsers(externalId, limit)).map((found) => found.externalId);
      expect(await after('', 10)).toEqual(['10', '9', 'B', 'a@b.c', 'b']);
      expect(await after('9', 2)).toEqual(['B', 'a@b.c']);
      expect(await after('b', 10)).toEqual([]);
      expect(await after('', 0)).toEqual([]);
    });
  });
}
