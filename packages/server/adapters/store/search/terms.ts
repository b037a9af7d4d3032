import { type ContentKind, type ConversationId, conversationHash, idHash, mix, type UserId } from '@hongyan/protocol';
import { searchableOf, searchTokens } from '@hongyan/protocol/search';

/** Entries of a conversation whose terms have one prefix, so that no term has more of them than one look can bear. */
const BLOCK_ENTRIES = 4_096;
const PREFIX_CHARACTERS = 6;
const PREFIX_COUNT = 36 ** PREFIX_CHARACTERS;
const TWO_TO_32 = 2 ** 32;

const DAY_MS = 86_400_000;
/** Days that a term for a longer time stands for. */
export const SPAN_DAYS = 32;

// Characters for private use: no token begins with one.
const SENDER = '\ue000';
const KIND = '\ue001';
const DAY = '\ue002';
const SPAN = '\ue003';

/** A message as it reads now. */
export interface IndexedMessage {
  seq: number;
  senderId: UserId;
  serverTimeMs: number;
  /** Of its last EDIT, if there is one. */
  body: Uint8Array;
}

export const blockOf = (seq: number): number => Math.floor(seq / BLOCK_ENTRIES);
export const firstSeqOf = (block: number): number => block * BLOCK_ENTRIES;

/**
 * What the terms of a block of a conversation begin with: letters and digits that hardly any other block has. So an index costs by
 * what is in the conversations that are looked at; of what it gives for another one, only the conversation's own counts.
 */
export function prefixOf(conversationId: ConversationId, block: number): string {
  const hash = conversationHash(conversationId);
  const high = mix(Math.floor(hash / TWO_TO_32) ^ mix(block));
  const low = mix((hash % TWO_TO_32) ^ high);
  return ((high * TWO_TO_32 + low) % PREFIX_COUNT).toString(36).padStart(PREFIX_CHARACTERS, '0');
}

// What `filter.ts` asks for, without the prefix.
export const senderTerm = (userId: UserId): string => SENDER + idHash(userId).toString(36);
export const kindTerm = (kind: ContentKind): string => KIND + kind.toString(36);
export const dayTerm = (day: number): string => DAY + day.toString(36);
export const spanTerm = (span: number): string => SPAN + span.toString(36);
export const dayOf = (timeMs: number): number => Math.floor(timeMs / DAY_MS);

/** All terms of a message, each once: they have no spaces, and no ASCII but small letters and digits. */
export function termsOf(
  conversationId: ConversationId,
  { seq, senderId, serverTimeMs, body }: IndexedMessage,
): string[] {
  const { text, kinds } = searchableOf(body);
  const day = dayOf(serverTimeMs);
  const terms = [
    ...tokensOf(text),
    senderTerm(senderId),
    ...kinds.map(kindTerm),
    dayTerm(day),
    spanTerm(Math.floor(day / SPAN_DAYS)),
  ];
  const prefix = prefixOf(conversationId, blockOf(seq));
  return terms.map((term) => prefix + term);
}

/** Without the characters that another token begins with, which a query for one character looks for as well. */
function tokensOf(text: string): string[] {
  const tokens = searchTokens(text);
  const begun = new Set(tokens.filter((token) => !isCharacter(token)).map((token) => firstOf(token)));
  return tokens.filter((token) => !(isCharacter(token) && begun.has(token)));
}

const firstOf = (token: string): string => String.fromCodePoint(token.codePointAt(0) ?? 0);
/** Whether a token is one character, which is looked for as the beginning of others. */
export const isCharacter = (token: string): boolean => token.length === firstOf(token).length;
