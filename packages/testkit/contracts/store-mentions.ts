import type { AppendRequest, Store } from '@hongyan/core/ports';
import { EntryKind } from '@hongyan/protocol';
import { describe, expect, test } from 'vitest';
import { edit, reaction, recall } from './store-amending.ts';
import { ann, annBen, annCho, appendAll, ben, cho, header, message } from './store-fixtures.ts';

export function mentionContract(store: () => Store): void {
  describe('countMentions', () => {
    const count = (userId: string, query: Partial<{ afterSeq: number; throughSeq: number; max: number }> = {}) =>
      store().log.countMentions({ conversationId: annBen, userId, afterSeq: 0, throughSeq: 99, max: 99, ...query });
    const mentioning = (id: string, mentionedIds: string[], fields: Partial<AppendRequest> = {}) =>
      message(id, { header: header({ mentionedIds }), ...fields });
    const all = (id: string, fields: Partial<AppendRequest> = {}) =>
      message(id, { header: header({ mentionsAll: true, mentionedIds: [ben] }), ...fields });

    test('[D2] counts messages that mention the account or all, each once, and never its own', async () => {
      await appendAll(store(), [
        mentioning('m1', [ben, ben, ann]),
        message('m2'),
        mentioning('m3', [cho]),
        all('m4'),
        all('m5', { senderId: ben }),
      ]);
      expect(await count(ben)).toBe(2);
      expect(await count(cho)).toBe(3);
      expect(await count(ann)).toBe(1);
    });

    test('[D2] within a range, up to a maximum', async () => {
      await appendAll(store(), [all('m1'), mentioning('m2', [ben]), all('m3'), mentioning('m4', [ben])]);
      expect(await count(ben)).toBe(4);
      expect(await count(ben, { afterSeq: 1, throughSeq: 3 })).toBe(2);
      expect(await count(ben, { max: 3 })).toBe(3);
      expect(await count(ben, { max: 0 })).toBe(0);
      expect(await count(ben, { afterSeq: 3, throughSeq: 2 })).toBe(0);
      const elsewhere = { conversationId: annCho, userId: ben, afterSeq: 0, throughSeq: 99, max: 99 };
      expect(await store().log.countMentions(elsewhere)).toBe(0);
    });

    test('[D2] an edit says anew whom its message mentions, the last one of them', async () => {
      const editing = (id: string, mentionedIds: string[]) =>
        edit(id, 1, { header: header({ targetSeq: 1, mentionedIds }) });
      await appendAll(store(), [mentioning('m1', [ben]), editing('e2', [cho])]);
      expect([await count(ben), await count(cho)]).toEqual([0, 1]);
      await store().log.append(edit('e3', 1, { header: header({ targetSeq: 1, mentionsAll: true }) }));
      expect([await count(ann), await count(ben), await count(cho)]).toEqual([0, 1, 1]);
      await Promise.all([editing('e4', [cho]), editing('e5', [ben])].map((entry) => store().log.append(entry)));
      expect([await count(ben), await count(cho)]).toEqual([1, 0]);
      expect(await count(ben, { afterSeq: 1 })).toBe(0);
    });

    test('[D2] in one batch as one by one', async () => {
      const entries = [
        mentioning('m1', [ben]),
        edit('e2', 1, { header: header({ targetSeq: 1, mentionedIds: [cho] }) }),
        mentioning('m3', [cho]),
        recall('r4', 3),
      ];
      await Promise.all(entries.map((entry) => store().log.append(entry)));
      expect([await count(ben), await count(cho)]).toEqual([0, 1]);
    });

    test('[C4] [C5] who is mentioned by what is erased is not mentioned any more', async () => {
      await appendAll(store(), [all('m1'), mentioning('m2', [ben]), recall('r3', 1)]);
      expect(await count(ben)).toBe(1);
      const header2 = header({ mentionedIds: [ben], lifetimeMs: 5 });
      await appendAll(store(), [message('m4', { header: header2, serverTimeMs: 1_000 }), recall('r5', 2)]);
      expect(await count(ben)).toBe(1);
      await store().log.expire({ nowMs: 1_005, limit: 9 });
      expect(await count(ben)).toBe(0);
    });

    test('[P9] what is no message mentions nobody, nor does an empty one', async () => {
      await appendAll(store(), [
        mentioning('m1', [ben], { body: new Uint8Array(0) }),
        mentioning('m2', [ben], { kind: EntryKind.CONVERSATION_CHANGED }),
        mentioning('m3', ['']),
        reaction('r4', 3, { header: header({ targetSeq: 3, mentionedIds: [ben] }) }),
        edit('e5', 2, { header: header({ targetSeq: 2, mentionedIds: [ben] }) }),
        edit('e6', 1, { header: header({ targetSeq: 1, mentionedIds: [ben] }) }),
      ]);
      expect(await count(ben)).toBe(0);
    });
  });
}
