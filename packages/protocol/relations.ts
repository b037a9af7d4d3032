import { decodeSetting, decodeWish } from './codec.ts';
import type { Wish } from './gen/hongyan.ts';
import type { RecordVersion } from './records.ts';

/** How long a request to be friends stands without an answer (B1). */
export const REQUEST_EXPIRES_MS = 30 * 86_400_000;

/**
 * The Wish of an account that says no. It has its field written out, as an encoder leaves out what is false, and an empty value
 * says something else (PPL-2).
 */
export const DECLINED: Readonly<Uint8Array> = Uint8Array.of(8, 0);

/** What two accounts are to each other, as one of them sees it. */
export type Relation =
  | { state: 'none' }
  /** One asked, and the other has not answered. */
  | { state: 'requested'; atMs: number; greeting: string }
  | { state: 'received'; atMs: number; greeting: string }
  | { state: 'friends'; sinceMs: number }
  /** The other one said no. */
  | { state: 'declined' };

/**
 * What follows from an account's own wish (`friend/…`) and the other one's (`peer/…`): friends are two who both want it; a wish
 * that is older than the other one's end of it, or than 30 days, asks for nothing any more (PPL-2).
 */
export function relationOf(own: RecordVersion | undefined, peer: RecordVersion | undefined, nowMs: number): Relation {
  const [mine, theirs] = [wishIn(own), wishIn(peer)];
  const [mineAtMs, theirsAtMs] = [own?.changedAtMs ?? 0, peer?.changedAtMs ?? 0];
  if (mine?.wanted && theirs?.wanted) return { state: 'friends', sinceMs: Math.max(mineAtMs, theirsAtMs) };
  const stands = (atMs: number, endedAtMs: number) => atMs > endedAtMs && nowMs - atMs <= REQUEST_EXPIRES_MS;
  if (mine?.wanted) {
    if (stands(mineAtMs, theirsAtMs)) return { state: 'requested', atMs: mineAtMs, greeting: mine.greeting };
    return theirs !== undefined && theirsAtMs >= mineAtMs ? { state: 'declined' } : { state: 'none' };
  }
  if (theirs?.wanted && stands(theirsAtMs, mineAtMs)) {
    return { state: 'received', atMs: theirsAtMs, greeting: theirs.greeting };
  }
  return { state: 'none' };
}

function wishIn(version: RecordVersion | undefined): Wish | undefined {
  if (version === undefined || version.value.length === 0) return undefined;
  try {
    return decodeWish(version.value);
  } catch {
    return undefined;
  }
}

/** Whom an account takes messages and invitations from (B4): the values of `setting/who-may-write` and `setting/who-may-invite`. */
export const AUDIENCES = ['everyone', 'friends', 'nobody'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Everyone where nothing, or nothing known, is set. */
export function audienceIn(value: Uint8Array | undefined): Audience {
  if (value === undefined || value.length === 0) return 'everyone';
  try {
    const { value: text } = decodeSetting(value);
    return AUDIENCES.find((audience) => audience === text) ?? 'everyone';
  } catch {
    return 'everyone';
  }
}
