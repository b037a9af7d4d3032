import type { ProfileChange, Store } from '@hongyan/core/ports';
import { beforeEach, describe, expect, test } from 'vitest';
import { ann, annBen, ben, cho, device, user } from './store-fixtures.ts';

const rejected = (reason: string) => expect.objectContaining({ name: 'StoreError', kind: 'rejected', reason });

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

  describe('devices', () => {
    beforeEach(() => store().accounts.createUser(user(ann, 'ann')));

    test('[SYN-5] a device and its event are added together, once', async () => {
      const added = await store().accounts.createDevice(device('d1'));
      const event = { case: 'deviceAdded', value: { deviceId: 'd1', name: 'laptop' } };
      expect(added).toEqual({ seq: 1, timeMs: 1_700_000_000_000, event });
      expect(await store().accounts.createDevice(device('d1'))).toEqual(added);
      expect(await store().userLog.read({ userId: ann, afterSeq: 0, limit: 10 })).toEqual([added]);
      expect(await store().accounts.deviceById('d1')).toEqual(device('d1'));
      expect(await store().accounts.deviceById('d2')).toBeUndefined();
    });

    test('[P6] a device of one account is not another account’s', async () => {
      await store().accounts.createDevice(device('d1'));
      const taken = store().accounts.createDevice(device('d1', { userId: ben }));
      await expect(taken).rejects.toEqual(rejected('device-taken'));
      expect(await store().accounts.devicesOf(ben)).toEqual([]);
      expect(await store().userLog.lastSeq(ben)).toBe(0);
    });

    test('[P9] the refresh token is replaced only by whoever knows the present one', async () => {
      await store().accounts.createDevice(device('d1'));
      const old = { refreshHash: 'r1', previousRefreshHash: '' };
      const next = (refreshHash: string) => ({ refreshHash, previousRefreshHash: 'r1' });
      const rotated = await Promise.all(
        ['r2', 'r3'].map((hash) => store().accounts.rotateRefresh('d1', old, next(hash))),
      );
      expect(rotated.sort()).toEqual([false, true]);
      const stored = await store().accounts.deviceById('d1');
      expect(['r2', 'r3']).toContain(stored?.refreshHash);
      const wrongPrevious = { refreshHash: stored?.refreshHash ?? '', previousRefreshHash: 'other' };
      expect(await store().accounts.rotateRefresh('d1', wrongPrevious, next('r4'))).toBe(false);
      expect(await store().accounts.deviceById('d1')).toEqual(stored);
      expect(await store().accounts.rotateRefresh('d2', old, next('r4'))).toBe(false);
    });

    test('[P2] a rotation asked for again after a lost answer succeeds again', async () => {
      await store().accounts.createDevice(device('d1'));
      const rotate = () =>
        store().accounts.rotateRefresh(
          'd1',
          { refreshHash: 'r1', previousRefreshHash: '' },
          { refreshHash: 'r2', previousRefreshHash: 'r1' },
        );
      expect([await rotate(), await rotate()]).toEqual([true, true]);
    });

    test('[P6] deleteDevice takes its tokens and positions, leaves other devices, and may be repeated', async () => {
      await store().accounts.createDevice(device('d1'));
      await store().accounts.createDevice(device('d2'));
      const at = (deviceId: string) => ({ conversationId: annBen, userId: ann, deviceId, seq: 1 });
      await store().cursors.advance({ cursors: [], positions: [at('d1'), at('d2')], timeMs: 0 });
      await store().accounts.deleteDevice('d1');
      await store().accounts.deleteDevice('d1');
      expect(await store().accounts.devicesOf(ann)).toEqual([device('d2')]);
      expect(await store().cursors.devicePositions(annBen)).toEqual([at('d2')]);
    });
  });
}
