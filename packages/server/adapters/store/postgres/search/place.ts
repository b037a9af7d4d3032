import { type ConversationId, conversationHash, mix } from '@hongyan/protocol';

const TWO_TO_32 = 2 ** 32;
const HIGH_BITS = 21;

/** A number below 2^53 that stands for a message. */
export function placeOf(conversationId: ConversationId, seq: number): number {
  const hash = conversationHash(conversationId);
  const low = mix((hash % TWO_TO_32) ^ mix(seq));
  const high = mix(Math.floor(hash / TWO_TO_32) ^ mix(seq ^ low)) >>> (32 - HIGH_BITS);
  return high * TWO_TO_32 + low;
}
