import { conversationHash, directConversationId, idFromBytes } from '@hongyan/protocol';
import { describe, expect, test } from 'vitest';
import { type Conversation, emptyConversation, plainMember } from '../log/conversation.ts';
import { difference } from './difference.ts';

const anna = idFromBytes('u', new Uint8Array(16).fill(1));
const boris = idFromBytes('u', new Uint8Array(16).fill(2));
const id = directConversationId(anna, boris);

function conversation(lastSeq: number, annaReadSeq: number): Conversation {
  const empty = emptyConversation(id);
  if (empty === undefined) throw new Error('not a conversation id');
  empty.memberships.set(anna, { ...plainMember(anna), deliveredSeq: lastSeq, readSeq: annaReadSeq });
  return { ...empty, lastSeq };
}

const stated = (seq: number, cursorSum: number) => ({
  conversationHash: conversationHash(id),
  seq,
  readSeq: 0,
  cursorSum,
});

describe('difference', () => {
  test('[SYN-1] a device that holds everything is told nothing', () => {
    expect(difference(conversation(7, 3), stated(7, 10), anna)).toEqual({ kind: 'none' });
  });

  test('[SYN-1] a moved cursor alone is a difference', () => {
    expect(difference(conversation(7, 4), stated(7, 10), anna)).toEqual({ kind: 'state' });
  });

  test('[SYN-2] a device that lacks entries gets what follows its position, and of an unknown conversation all that fits', () => {
    expect(difference(conversation(7, 3), stated(5, 10), anna)).toEqual({ kind: 'entries', afterSeq: 5 });
    expect(difference(conversation(7, 3), undefined, anna)).toEqual({ kind: 'entries', afterSeq: 0 });
  });

  test('[SYN-7] a position beyond the log is answered with the state', () => {
    expect(difference(conversation(7, 3), stated(9, 10), anna)).toEqual({ kind: 'state' });
  });
});
