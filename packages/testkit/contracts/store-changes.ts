import type { ChangeQuery, Store } from '@hongyan/core/ports';
import { EntryKind } from '@hongyan/protocol';
import { describe, expect, test } from 'vitest';
import { about, bodiesIn, edit, headersIn, reaction, recall } from './store-amending.ts';
import {
  ann,
  annBen,
  annCho,
  appendAll,
  ben,
  changing,
  cho,
  crowd,
  facts,
  founding,
  header,
  leaving,
  message,
  whole,
} from './store-fixtures.ts';

const everything: ChangeQuery = {
  conversationId: annBen,
  fromTargetSeq: 1,
  toTargetSeq: Number.MAX_SAFE_INTEGER,
  afterSeq: 0,
  standing: true,
  limit: 100,
};

export function changeContract(store: () => Store): void {
  const bodies = () => bodiesIn(store());
  const headers = () => headersIn(store());
  const changed = async (query: Partial<ChangeQuery> = {}) =>
    (await store().log.changes({ ...everything, ...query })).map(({ seq }) => seq);

  describe('headers', () => {
    test('[LOG-3] are read back as they were appended, also those that say nothing', async () => {
      const full = { targetSeq: 1, mentionedIds: [cho, ben], mentionsAll: true, lifetimeMs: 9e15, livesFromRead: true };
      const given = [undefined, full, header({}), header({ mentionedIds: [ben] })];
      await appendAll(
        store(),
        given.map((each, at) => message(`m${at}`, { header: each })),
      );
      expect(await headers()).toEqual(given);
    });
  });

  describe('changes of messages', () => {
    test('[C3] come ascending, each as it was appended, and the later edit stands for the one before', async () => {
      await appendAll(store(), [message('m1'), message('m2'), edit('e3', 1), edit('e4', 2), edit('e5', 1)]);
      expect(await changed()).toEqual([4, 5]);
      expect(await changed({ standing: false })).toEqual([3, 4, 5]);
      const [first] = await store().log.changes({ ...everything, standing: false });
      const [asRead] = await store().log.read({ conversationId: annBen, ...whole, afterSeq: 2, limit: 1 });
      expect(first).toEqual(asRead);
      expect(first).toMatchObject({ seq: 3, kind: EntryKind.EDIT, senderId: ann, header: about(1) });
      expect(await bodies()).toEqual(['m1', 'm2', 'e3', 'e4', 'e5']);
    });

    test('[C3] a reaction stands for that of the same sender only', async () => {
      await appendAll(store(), [
        message('m1'),
        reaction('r2', 1),
        reaction('r3', 1, { senderId: ben }),
        edit('e4', 1),
        reaction('r5', 1),
        recall('r6', 1),
      ]);
      expect(await changed()).toEqual([3, 4, 5, 6]);
    });

    test('[C3] what comes in one batch supersedes as what comes one by one', async () => {
      const entries = [
        message('m1'),
        edit('e2', 1),
        edit('e3', 1),
        reaction('r4', 1),
        reaction('r5', 1),
        edit('e6', 1),
      ];
      await Promise.all(entries.map((entry) => store().log.append(entry)));
      expect(await changed()).toEqual([5, 6]);
    });

    const windows: [string, Partial<ChangeQuery>, number[]][] = [
      ['of a range of messages', { fromTargetSeq: 2, toTargetSeq: 3 }, [5, 6]],
      ['after a place', { afterSeq: 5 }, [6, 7]],
      ['up to a limit', { limit: 2 }, [4, 5]],
      ['none with limit 0', { limit: 0 }, []],
      ['none of crossed bounds', { fromTargetSeq: 3, toTargetSeq: 2 }, []],
      ['none of another conversation', { conversationId: annCho }, []],
    ];
    test.each(windows)('[C3] %s', async (_name, query, seqs) => {
      const messages = ['m1', 'm2', 'm3'].map((id) => message(id));
      await appendAll(store(), [...messages, reaction('r4', 1), reaction('r5', 2), edit('e6', 3), recall('r7', 1)]);
      expect(await changed(query)).toEqual(seqs);
    });

    test('[GRP-1, MSG-4] stand for who has left as they stood then', async () => {
      const inCrowd = { conversationId: crowd };
      await store().log.append(founding([ann, ben]));
      await appendAll(store(), [
        message('m2', inCrowd),
        ...[edit('e3', 2, inCrowd), edit('e4', 2, inCrowd)],
        reaction('r5', 2, { ...inCrowd, senderId: ben }),
      ]);
      await store().log.append(changing('parting', 0, leaving(ben, facts({}))));
      await appendAll(store(), [edit('e7', 2, inCrowd), edit('e8', 2, inCrowd)]);
      await store().log.append(reaction('r9', 2, { ...inCrowd, senderId: ben }));
      const seen = { conversationId: crowd };
      expect(await changed({ ...seen, viewerId: ben })).toEqual([4, 5]);
      expect(await changed({ ...seen, viewerId: ben, limit: 1 })).toEqual([4]);
      expect(await changed({ ...seen, viewerId: ann })).toEqual([8, 9]);
    });

    test('[P9] an entry that changes no message is none of them, whatever its header says', async () => {
      await appendAll(store(), [message('m1'), message('m2', { header: about(1) }), edit('e3', 0)]);
      await store().log.append(message('e4', { kind: EntryKind.EDIT }));
      expect(await changed({ fromTargetSeq: 0 })).toEqual([]);
    });
  });
}
