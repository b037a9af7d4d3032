import type { Store } from '@hongyan/core/ports';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountContract } from './store-accounts.ts';
import { appAccessContract } from './store-app-access.ts';
import { changesFollowTheModel } from './store-change-model.ts';
import { changeContract } from './store-changes.ts';
import { cursorContract } from './store-cursors.ts';
import { deviceContract } from './store-devices.ts';
import { erasureContract } from './store-erasure.ts';
import { ann, annBen, ben, device, message, type OpenedStore, type OpenStore, user, whole } from './store-fixtures.ts';
import { groupChangeContract } from './store-group-changes.ts';
import { logContract } from './store-log.ts';
import { memberContract } from './store-members.ts';
import { membershipContract } from './store-memberships.ts';
import { mentionContract } from './store-mentions.ts';
import { logsFollowTheModel } from './store-model.ts';
import { peopleContract } from './store-people.ts';
import { recordContract } from './store-records.ts';
import { searchContract } from './store-search.ts';
import { secretContract } from './store-secrets.ts';

export type { OpenedStore, OpenStore } from './store-fixtures.ts';

/**
 * Proves of an adapter what `core/ports/store.ts` guarantees. `open` gives a fresh store for each test. An adapter that
 * keeps nothing beyond its process gives the same state back from `reopen`.
 */
export function storeContract(name: string, open: OpenStore): void {
  describe(`store contract: ${name}`, () => {
    let opened: OpenedStore;
    let store: Store;
    const current = () => store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.cleanup());

    logContract(current);
    changeContract(current);
    erasureContract(current);
    mentionContract(current);
    groupChangeContract(current);
    membershipContract(current);
    memberContract(current);
    cursorContract(current);
    accountContract(current);
    deviceContract(current);
    appAccessContract(current);
    recordContract(current);
    peopleContract(current);
    secretContract(current);
    searchContract(current);

    test('[LOG-1] everything answered is there after reopening, and logs go on where they were', async () => {
      await store.accounts.createUser(user(ann, 'ann'));
      const added = await store.accounts.createDevice(device('d1'));
      const first = await store.log.append(message('m1'));
      const cursor = { conversationId: annBen, userId: ben, deliveredSeq: 1, readSeq: 1 };
      const position = { conversationId: annBen, userId: ann, deviceId: 'd1', seq: 1 };
      await store.cursors.advance({ cursors: [cursor], positions: [position], timeMs: 0 });
      const changed = { userId: ann, key: 'setting/a', changedAtMs: 5, value: Uint8Array.of(7), timeMs: 6 };
      const told = await store.records.set(changed);
      const head = await store.log.head(annBen);
      const secret = await store.secrets.keep('signing', Uint8Array.of(1, 2));

      store = await opened.reopen();
      expect(await store.accounts.userById(ann)).toEqual(user(ann, 'ann'));
      expect(await store.accounts.deviceById('d1')).toEqual(device('d1'));
      expect((await store.userLog.read({ userId: ann, afterSeq: 0, limit: 1 }))[0]).toEqual(added);
      expect(await store.userLog.read({ userId: ann, afterSeq: (told?.seq ?? 0) - 1, limit: 9 })).toEqual([told]);
      expect(await store.records.set(changed)).toBeUndefined();
      expect(await store.log.head(annBen)).toEqual(head);
      expect(await store.cursors.devicePositions(annBen)).toEqual([position]);
      expect(await store.secrets.keep('signing', Uint8Array.of(3))).toEqual(secret);
      expect(await store.log.append(message('m1'))).toEqual({ ...first, duplicate: true, joined: [] });
      expect((await store.log.append(message('m2'))).seq).toBe(2);
      expect(await store.log.read({ conversationId: annBen, ...whole })).toHaveLength(2);
    });

    test('[P8] close finishes what was accepted and refuses what comes after', async () => {
      const accepted = store.log.append(message('m1'));
      const closed = store.close();
      const unavailable = expect.objectContaining({ name: 'StoreError', kind: 'unavailable' });
      await expect(store.log.append(message('m2'))).rejects.toEqual(unavailable);
      await expect(store.log.head(annBen)).rejects.toEqual(unavailable);
      expect((await accepted).seq).toBe(1);
      await closed;
      store = await opened.reopen();
      expect((await store.log.head(annBen))?.lastSeq).toBe(1);
    });

    test('[LOG-2] [LOG-3] random sends, repetitions and reads answer as the model does', () =>
      logsFollowTheModel(store));

    test('[E2] [C4] random changes of groups and their messages come to what they do in memory', () =>
      changesFollowTheModel(store));
  });
}
