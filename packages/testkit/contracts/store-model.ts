import type { EntryQuery, Store } from '@hongyan/core/ports';
import type { Entry } from '@hongyan/protocol';
import fc from 'fast-check';
import { expect } from 'vitest';
import { ann, annBen, annCho, ben, cho, message, whole } from './store-fixtures.ts';

const send = fc.record({
  conversationId: fc.constantFrom(annBen, annCho),
  senderId: fc.constantFrom(ann, ben, cho),
  // Few ids, so that many sends are repetitions.
  clientMessageId: fc.integer({ min: 0, max: 12 }).map((id) => `m${id}`),
});
const query = fc.record({
  conversationId: fc.constantFrom(annBen, annCho),
  afterSeq: fc.nat(15),
  beforeSeq: fc.oneof(fc.nat(15), fc.constant(Number.MAX_SAFE_INTEGER)),
  limit: fc.nat(8),
  bytesMax: fc.oneof(fc.nat(12), fc.constant(Number.MAX_SAFE_INTEGER)),
  from: fc.constantFrom('oldest' as const, 'newest' as const),
});
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send' as const), send }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('read' as const), query }) },
);

/** Logs as the port describes them, in a few lines. */
class Model {
  readonly logs = new Map<string, Pick<Entry, 'senderId' | 'clientMessageId' | 'seq'>[]>();

  append({
    conversationId,
    senderId,
    clientMessageId,
  }: Pick<Entry, 'conversationId' | 'senderId' | 'clientMessageId'>) {
    for (const [id, log] of this.logs) {
      const first = log.find((entry) => entry.senderId === senderId && entry.clientMessageId === clientMessageId);
      if (first !== undefined) return { conversationId: id, seq: first.seq, duplicate: true };
    }
    const log = this.logs.get(conversationId) ?? [];
    const seq = log.length + 1;
    this.logs.set(conversationId, [...log, { senderId, clientMessageId, seq }]);
    return { conversationId, seq, duplicate: false };
  }

  read({ conversationId, afterSeq, beforeSeq, limit, bytesMax, from }: EntryQuery) {
    const inside = (this.logs.get(conversationId) ?? []).filter(({ seq }) => seq > afterSeq && seq < beforeSeq);
    const wanted = (from === 'oldest' ? inside : inside.reverse()).slice(0, limit);
    // The body of each is its client message id.
    const bytesThrough = (at: number) => wanted.slice(0, at + 1).reduce((sum, m) => sum + m.clientMessageId.length, 0);
    const page = wanted.filter((_, at) => at === 0 || bytesThrough(at) <= bytesMax);
    return from === 'oldest' ? page : page.reverse();
  }
}

/** Random sends, repetitions and reads answer as the model does. Each run has accounts and conversations of its own. */
export function logsFollowTheModel(store: Store): Promise<void> {
  let run = 0;
  const property = fc.asyncProperty(fc.array(step, { maxLength: 40 }), (steps) => follow(store, steps, `${++run}-`));
  return fc.assert(property, { numRuns: 50 });
}

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function follow(store: Store, steps: readonly Step[], prefix: string): Promise<void> {
  const model = new Model();
  for (const step of steps) {
    const conversationId = prefix + (step.kind === 'send' ? step.send : step.query).conversationId;
    if (step.kind === 'send') {
      const sent = { ...step.send, conversationId, senderId: prefix + step.send.senderId };
      const answer = await store.log.append(message(sent.clientMessageId, { ...sent, members: [sent.senderId] }));
      expect(answer).toMatchObject(model.append(sent));
    } else {
      const entries = await store.log.read({ ...step.query, conversationId });
      expect(entries.map(placed)).toEqual(model.read({ ...step.query, conversationId }));
    }
  }
  for (const [conversationId, log] of model.logs) {
    expect((await store.log.read({ conversationId, ...whole })).map(placed)).toEqual(log);
  }
}

const placed = ({ senderId, clientMessageId, seq }: Entry) => ({ senderId, clientMessageId, seq });
