import { ConversationKind } from './gen/hongyan.ts';

/** `u` and 16 characters of Crockford's base 32 in lower case: 80 random bits. */
export type UserId = string;
/** `d` and 16 characters, made as a UserId is. */
export type DeviceId = string;
/** `direct.<user>.<user>` with the two ids in ascending order, `self.<user>`, or `group.<group>`. */
export type ConversationId = string;

/**
 * The installation itself, as it writes to people (API-2): an account that nobody signs in to, and that no random id will be. What
 * it sent is so marked.
 */
export const SYSTEM_USER_ID: UserId = 'usystem0000000000';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const userPattern = /^u[0-9a-hjkmnp-tv-z]{16}$/;
const groupPattern = /^g[0-9a-hjkmnp-tv-z]{16}$/;

/** An id of `length` characters from as many random bytes (5 bits are used of each). */
export function idFromBytes(prefix: string, random: Uint8Array): string {
  let id = prefix;
  for (const byte of random) id += alphabet[byte & 31];
  return id;
}

/** The characters behind the prefix of a UserId or DeviceId. */
export const ID_LENGTH = 16;

export const isUserId = (text: string): boolean => userPattern.test(text);

export function directConversationId(a: UserId, b: UserId): ConversationId {
  return a < b ? `direct.${a}.${b}` : `direct.${b}.${a}`;
}

export const selfConversationId = (user: UserId): ConversationId => `self.${user}`;

/** Of a new group: `random` has ID_LENGTH bytes. */
export const groupConversationId = (random: Uint8Array): ConversationId => `group.${idFromBytes('g', random)}`;

export type ParsedConversationId =
  | { kind: typeof ConversationKind.DIRECT; members: readonly [UserId, UserId] }
  | { kind: typeof ConversationKind.SELF; members: readonly [UserId] }
  /** Only the log knows who belongs to it. */
  | { kind: typeof ConversationKind.GROUP; members: undefined };

/** What a conversation id says of itself; undefined when it is not one. */
export function parseConversationId(id: ConversationId): ParsedConversationId | undefined {
  const [kind, first, second, ...rest] = id.split('.');
  if (kind === 'group' && first !== undefined && groupPattern.test(first) && second === undefined) {
    return { kind: ConversationKind.GROUP, members: undefined };
  }
  if (first === undefined || !isUserId(first) || rest.length > 0) return undefined;
  if (kind === 'self' && second === undefined) {
    return { kind: ConversationKind.SELF, members: [first] };
  }
  if (kind !== 'direct' || second === undefined || !isUserId(second) || first >= second) return undefined;
  return { kind: ConversationKind.DIRECT, members: [first, second] };
}
