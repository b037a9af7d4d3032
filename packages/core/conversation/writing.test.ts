import { directConversationId, idFromBytes } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { emptyConversation } from '../log/conversation.ts';
import { NO_FACTS } from './facts.ts';
import { messageHeader } from './writing.ts';

const anna = idFromBytes('u', new Uint8Array(16).fill(1));
const boris = idFromBytes('u', new Uint8Array(16).fill(2));
const PLAIN = { targetSeq: 0, mentionedIds: [], mentionsAll: false };

test('[MSG-5, P7] a message that counts from reading has no longer than its conversation gives it', () => {
  const conversation = emptyConversation(directConversationId(anna, boris));
  if (conversation === undefined) throw new Error('not a conversation id');
  conversation.facts = { ...NO_FACTS, seq: 1, lifetimeMs: 60_000 };
  const lifetime = (lifetimeMs: number) =>
    messageHeader(conversation, { userId: anna, nowMs: 0 }, { ...PLAIN, lifetimeMs, livesFromRead: true });
  expect(lifetime(31_536_000_000)).toMatchObject({ lifetimeMs: 60_000, livesFromRead: true });
  expect(lifetime(10_000)).toMatchObject({ lifetimeMs: 10_000, livesFromRead: true });
  expect(lifetime(0)).toMatchObject({ lifetimeMs: 60_000, livesFromRead: false });
});
