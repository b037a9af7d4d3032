import type { AppendRequest, Store } from '@hongyan/core/ports';
import { EntryKind } from '@hongyan/protocol';
import { annBen, header, message, whole } from './store-fixtures.ts';

// Entries that change messages of ann's and ben's conversation, and what that holds afterwards.

export const about = (targetSeq: number) => header({ targetSeq });

export const edit = (id: string, targetSeq: number, fields: Partial<AppendRequest> = {}) =>
  message(id, { kind: EntryKind.EDIT, header: about(targetSeq), ...fields });
export const recall = (id: string, targetSeq: number, fields: Partial<AppendRequest> = {}) =>
  message(id, { kind: EntryKind.RECALL, header: about(targetSeq), body: new Uint8Array(0), ...fields });
export const reaction = (id: string, targetSeq: number, fields: Partial<AppendRequest> = {}) =>
  message(id, { kind: EntryKind.REACTION, header: about(targetSeq), ...fields });

export const bodiesIn = async (store: Store): Promise<string[]> =>
  (await store.log.read({ conversationId: annBen, ...whole })).map(({ body }) => new TextDecoder().decode(body));

export const headersIn = async (store: Store) =>
  (await store.log.read({ conversationId: annBen, ...whole })).map((entry) => entry.header);
