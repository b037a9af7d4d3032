import type { ProfileChange, Store } from '@hongyan/core/ports';
import { describe, expect, test } from 'vitest';
import { ann, ben, cho, rejected, user } from './store-fixtures.ts';

export function accountContract(store: () => Store): void {
  describe('accounts', () => {
    const handles = async (text: string, limit = 10) =>
      (await store().accounts.findUsers(text, limit)).map(({ handle }) => handle);

    test('[P3] a handle is taken once, whatever its case', async () => {
      await store().accounts.createUser(user(ann, 'Ann'));
      await expect(store().accounts.createUser(user(ben, 'aNN'))).rejects.toEqual(rejected('handle-taken'));
      expect(await store().accounts.userById(ben)).toBeUndefined();
      expect(await store().accounts.userByHandle('ANN')).toEqual(user(ann, 'Ann'));
    });

    test('[P3] of two who take one handle at once, one gets it', async () => {
      const asked = [user(ann, '鸿雁'), user(ben, '鸿雁')].map((record) => store().accounts.createUser(record));
      const outcomes = await Promise.allSettled(asked);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    test('[P2] creating the same account again changes nothing', async () => {
      await store().accounts.createUser(user(ann, 'ann'));
      await store().accounts.createUser(user(ann, 'ann'));
      expect(await store().accounts.usersById([ann, ben, ann])).toEqual([user(ann, 'ann')]);
    });

    test('[P9] updateProfile changes what is given and answers the account', async () => {
      await store().accounts.createUser(user(ann, 'ann'));
      const update = (change: ProfileChange) => store().accounts.updateProfile(ann, change);
      const renamed = user(ann, 'ann', { displayName: 'Ann 安' });
      expect(await update({ displayName: 'Ann 安' })).toEqual(renamed);
      const here = { ...renamed, statusLine: '在' };
      expect(await update({ statusLine: '在' })).toEqual(here);
      expect(await update({ displayName: undefined })).toEqual(here);
      expect(await update({ statusLine: '' })).toEqual(renamed);
      expect(await store().accounts.userById(ann)).toEqual(renamed);
      expect(await handles('安')).toEqual(['ann']);
      expect(await store().accounts.updateProfile(ben, { statusLine: 'x' })).toBeUndefined();
      expect(await store().accounts.userById(ben)).toBeUndefined();
    });

    test('[P9] of two changes of a profile at once none is lost', async () => {
      await store().accounts.createUser(user(ann, 'ann'));
      const [displayName, statusLine] = ['Ann 安', '在'];
      await Promise.all([{ displayName }, { statusLine }].map((change) => store().accounts.updateProfile(ann, change)));
      expect(await store().accounts.userById(ann)).toEqual(user(ann, 'ann', { displayName, statusLine }));
    });

    test('[P9] a password is replaced only by whoever knows the present one, once', async () => {
      await store().accounts.createUser(user(ann, 'ann'));
      const set = (expected: string, next: string) => store().accounts.setPassword(ann, expected, next);
      expect(await set('something else', 'new')).toBe(false);
      const both = await Promise.all(['new', 'newer'].map((next) => set('hash of ann', next)));
      expect(both.sort()).toEqual([false, true]);
      const { passwordHash = '' } = (await store().accounts.userById(ann)) ?? {};
      expect(await set('hash of ann', passwordHash)).toBe(true);
      expect(await store().accounts.setPassword(ben, '', 'new')).toBe(false);
    });

    test('[P9] findUsers gives handles that begin with the text, then those that have it, then names', async () => {
      await store().accounts.createUser(user(ann, 'a-name', { displayName: 'Lin' }));
      await store().accounts.createUser(user(ben, 'b-lin'));
      await store().accounts.createUser(user(cho, 'LINUS', { displayName: 'lin' }));
      await store().accounts.createUser(user('u1', 'lin'));
      expect(await handles('Lin')).toEqual(['lin', 'LINUS', 'b-lin', 'a-name']);
      expect(await handles('lin', 3)).toEqual(['lin', 'LINUS', 'b-lin']);
      expect(await handles('lin', 1)).toEqual(['lin']);
      expect(await handles('lin', 0)).toEqual([]);
    });

    test('[P9] findUsers takes its text literally, in any case and script, handle matches first', async () => {
      await store().accounts.createUser(user(ann, 'zoe', { displayName: 'Li Wei 李伟' }));
      await store().accounts.createUser(user(ben, 'LiLei', { displayName: '100%_\\' }));
      await store().accounts.createUser(user(cho, 'émile', { displayName: 'ÉMILE' }));
      expect(await handles('LI')).toEqual(['LiLei', 'zoe']);
      expect(await handles('李')).toEqual(['zoe']);
      expect(await handles('0%_\\')).toEqual(['LiLei']);
      expect(await handles('%')).toEqual(['LiLei']);
      expect(await handles('l_l')).toEqual([]);
      expect(await handles('ÉMI')).toEqual(['émile']);
      expect(await handles('li', 1)).toEqual(['LiLei']);
      expect(await handles('nobody')).toEqual([]);
    });
  });
}
