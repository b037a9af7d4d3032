import { idFromBytes, ReceiptStage, selfConversationId } from '@hongyan/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Conversation, emptyConversation, plainMember } from '../log/conversation.ts';
import { countReceivers, receiversAt, type Sent, stageAt } from './receivers.ts';

const user = (n: number) => idFromBytes('u', new Uint8Array(16).fill(n));

const member = fc.record({
  fromSeq: fc.nat({ max: 12 }),
  deliveredSeq: fc.nat({ max: 12 }),
  readSeq: fc.nat({ max: 12 }),
});
const members = fc.array(member, { maxLength: 20 });
const sent = fc.record({ seq: fc.integer({ min: 1, max: 12 }), senderId: fc.nat({ max: 31 }).map(user) });

function group(cursors: { fromSeq: number; deliveredSeq: number; readSeq: number }[]): Conversation {
  const conversation = emptyConversation(selfConversationId(user(0)));
  if (conversation === undefined) throw new Error('not a conversation id');
  conversation.memberships.clear();
  for (const [at, cursor] of cursors.entries()) {
    const userId = user(31 - at);
    conversation.memberships.set(userId, { ...plainMember(userId), ...cursor });
  }
  return conversation;
}

/** One by one, as it is stated. */
const receivers = (conversation: Conversation, { seq, senderId }: Sent, stage: ReceiptStage) =>
  [...conversation.memberships.values()]
    .filter(({ userId, fromSeq }) => userId !== senderId && fromSeq <= seq)
    .filter((cursor) => stageAt(cursor, seq) === stage)
    .map(({ userId }) => userId)
    .sort();

test('[RCP-9, D1] all counts that are asked for together are those of each message', () => {
  fc.assert(
    fc.property(members, fc.array(sent, { maxLength: 8 }), (cursors, messages) => {
      const conversation = group(cursors);
      const count = (message: Sent, stage: ReceiptStage) => receivers(conversation, message, stage).length;
      expect(countReceivers(conversation, messages)).toEqual(
        messages.map((message) => ({
          seq: message.seq,
          read: count(message, ReceiptStage.READ),
          delivered: count(message, ReceiptStage.DELIVERED),
          missing: count(message, ReceiptStage.MISSING),
        })),
      );
    }),
  );
});

test('[RCP-9, D1] pages of receivers, one behind the other, are all of them, ascending', () => {
  const stage = fc.constantFrom(ReceiptStage.READ, ReceiptStage.DELIVERED, ReceiptStage.MISSING);
  fc.assert(
    fc.property(members, sent, stage, fc.integer({ min: 1, max: 5 }), (cursors, message, wanted, limit) => {
      const conversation = group(cursors);
      const pages: string[] = [];
      for (let more = true; more; ) {
        const found = receiversAt(conversation, { ...message, stage: wanted, afterId: pages.at(-1) ?? '', limit });
        pages.push(...found.slice(0, limit));
        more = found.length > limit;
      }
      expect(pages).toEqual(receivers(conversation, message, wanted));
    }),
  );
});
