import { ENDED_DEVICES_MAX, type Store } from '@hongyan/core/ports';
import { beforeEach, describe, expect, test } from 'vitest';
import { ann, annBen, ben, device, rejected, signedOut, user } from './store-fixtures.ts';

export function deviceContract(store: () => Store): void {
  describe('devices', () => {
    beforeEach(() => store().accounts.createUser(user(ann, 'ann')));
    const eventsOfAnn = () => store().userLog.read({ userId: ann, afterSeq: 0, limit: 1_000 });

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

    test('[A2] devices are in the order in which they were added, whatever the clocks said', async () => {
      const added = [
        device('d3', { createdAtMs: 9 }),
        device('d1', { createdAtMs: 1 }),
        device('d2', { kind: 'phone' }),
      ];
      for (const one of added) await store().accounts.createDevice(one);
      expect(await store().accounts.devicesOf(ann)).toEqual(added);
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

    test('[DEV-2] a rename and its event are one, and a name that is there already is none', async () => {
      await store().accounts.createDevice(device('d1'));
      const renamed = await store().accounts.renameDevice('d1', '书房', 7);
      const event = { case: 'deviceRenamed', value: { deviceId: 'd1', name: '书房' } };
      expect(renamed).toEqual({ seq: 2, timeMs: 7, event });
      expect(await store().accounts.renameDevice('d1', '书房', 8)).toBeUndefined();
      expect(await store().accounts.renameDevice('d2', 'nobody’s', 8)).toBeUndefined();
      expect((await eventsOfAnn()).slice(1)).toEqual([renamed]);
      expect(await store().accounts.deviceById('d1')).toEqual(device('d1', { name: '书房' }));
    });

    test('[DEV-6] when a device was seen moves forward only, and nobody else’s with it', async () => {
      await Promise.all(['d1', 'd2'].map((id) => store().accounts.createDevice(device(id, { lastSeenAtMs: 50 }))));
      const seen = (id: string, seenAtMs: number) => ({ id, seenAtMs });
      await store().accounts.seeDevices([seen('d2', 90), seen('d1', 70), seen('d0', 80)]);
      await store().accounts.seeDevices([seen('d2', 60)]);
      await store().accounts.seeDevices([]);
      const lastSeen = (await store().accounts.devicesOf(ann)).map(({ deviceId, lastSeenAtMs }) => [
        deviceId,
        lastSeenAtMs,
      ]);
      expect(Object.fromEntries(lastSeen)).toEqual({ d1: 70, d2: 90 });
      expect(await store().accounts.deviceById('d0')).toBeUndefined();
    });

    test('[P6] deleteDevice takes its tokens and positions, leaves other devices, and may be repeated', async () => {
      await store().accounts.createDevice(device('d1'));
      await store().accounts.createDevice(device('d2'));
      const at = (deviceId: string) => ({ conversationId: annBen, userId: ann, deviceId, seq: 1 });
      await store().cursors.advance({ cursors: [], positions: [at('d1'), at('d2')], timeMs: 0 });
      const removed = await store().accounts.deleteDevice('d1', signedOut, 9);
      expect(removed).toEqual({ seq: 3, timeMs: 9, event: { case: 'deviceRemoved', value: { deviceId: 'd1' } } });
      expect(await store().accounts.deleteDevice('d1', { reason: 'revoked', byName: 'x' }, 10)).toEqual(removed);
      expect(await store().accounts.deleteDevice('d3', signedOut, 10)).toBeUndefined();
      expect(await store().accounts.devicesOf(ann)).toEqual([device('d2')]);
      expect(await store().cursors.devicePositions(annBen)).toEqual([at('d2')]);
      expect((await eventsOfAnn()).slice(2)).toEqual([removed]);
    });

    test('[DEV-2] a device that is taken by several at once leaves one event', async () => {
      await store().accounts.createDevice(device('d1'));
      const taken = await Promise.all([1, 2, 3].map((at) => store().accounts.deleteDevice('d1', signedOut, at)));
      expect(new Set(taken.map((event) => event?.seq))).toEqual(new Set([2]));
      expect(await store().userLog.lastSeq(ann)).toBe(2);
    });

    test('[DEV-3] why a device ended is kept with the tokens it had, of so many of an account', async () => {
      const ids = Array.from({ length: ENDED_DEVICES_MAX + 1 }, (_, at) => `d${at}`);
      for (const id of ids) {
        await store().accounts.createDevice(device(id, { refreshHash: `r ${id}`, previousRefreshHash: `p ${id}` }));
        await store().accounts.deleteDevice(id, { reason: 'replaced', byName: `after ${id}` }, 0);
      }
      expect(await store().accounts.endedDevice('d0')).toBeUndefined();
      expect(await store().accounts.endedDevice('d1')).toEqual({
        ...{ deviceId: 'd1', userId: ann, reason: 'replaced', byName: 'after d1' },
        ...{ refreshHash: 'r d1', previousRefreshHash: 'p d1' },
      });
      expect(await store().accounts.endedDevice(ids.at(-1) ?? '')).toBeDefined();
    });
  });
}
