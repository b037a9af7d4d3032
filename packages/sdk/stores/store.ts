import { type ConversationId, type Cursor, type DeviceId, type Entry, isLaterVersion } from '@hongyan/protocol';
import { mergeCursors } from '../engine/cursors.ts';
import type {
  ConversationRecord,
  EngineBatch,
  EngineSnapshot,
  HeldRecord,
  OutboxRecord,
  TimedMessage,
} from '../engine/types.ts';
import type { Me, Person } from '../types.ts';
import type { Leaving } from './ownership.ts';

/** How many profiles a device keeps. */
export const PEOPLE_MAX = 5_000;

/** Who is signed in on this device, with what proves it. */
export interface SessionRecord {
  me: Me;
  accessToken: string;
  accessTokenExpiresAtMs: number;
  refreshToken: string;
  /** Where the server said to connect; absent when it did not, or is to be asked anew. */
  gateways?: KeptGateways;
}

/** CON-10, CON-11: what the server said of where to connect. */
export interface KeptGateways {
  /** Best first; an empty one is the server's own address, and none at all says to stay there. */
  urls: readonly string[];
  /** After this (local clock) it is too old. */
  untilMs: number;
  /** Keeps the place in the line; absent when there is none. */
  ticket?: string;
}

export interface Snapshot extends EngineSnapshot {
  session: SessionRecord;
  /** In the order they were last saved, at most `PEOPLE_MAX`. */
  people: readonly Person[];
}

export interface EntriesQuery {
  conversationId: ConversationId;
  /** Exclusive. */
  beforeSeq: number;
  limit: number;
}

/**
 * What a device keeps of one account.
 *
 * What every adapter guarantees (contract.ts proves it of each):
 *
 * - **All or nothing.** A batch is kept as a whole or not at all, whenever the program dies.
 * - **Kept.** When `apply` resolves, a later `load` (after a restart too) gives what was applied, where the adapter keeps
 *   anything beyond the program's life.
 * - **Forward only.** Several programs (browser tabs) may write to one store: positions and cursors merge by max and a
 *   lower `generation` of a conversation is ignored, its entries included; a higher one erases the entries of the lower.
 *   Of an account record what the server has merges by the later version; what is pending is what was written last.
 * - **Erased.** When `apply` resolves, nothing is left on the medium of the bodies in `erased`, and no batch brings them back.
 * - **One session.** What is written for a device whose session is not on the store any more (another program signed out
 *   or in) is refused with SdkError `signed-out`. What is of the outbox alone is always taken, as each of its
 *   records names its sender (OUT-9).
 * - Methods reject when the medium fails; then nothing was changed, and asking again is safe.
 */
export interface ClientStore {
  /** The same for all clients on this store, so that they find each other; undefined when nobody else can open it. */
  readonly sharedAs: string | undefined;
  /** Undefined when nobody is signed in. */
  load(): Promise<Snapshot | undefined>;
  /** The session alone, as another tab may have renewed it. */
  session(): Promise<SessionRecord | undefined>;
  /** Somebody signs in: erases all that is there, but what this account has left in the outbox, and gives that (OUT-9). */
  begin(session: SessionRecord): Promise<OutboxRecord[]>;
  /** Takes new tokens or a new profile of the session that is there. */
  saveSession(session: SessionRecord): Promise<void>;
  /** Replaces what is known of each; beyond `PEOPLE_MAX` those saved longest ago are forgotten. */
  savePeople(deviceId: DeviceId, people: readonly Person[]): Promise<void>;
  /** Writes a batch as a whole or not at all; rejects when the device is not the one that is signed in. */
  apply(deviceId: DeviceId, batch: EngineBatch): Promise<void>;
  /** OUT-11: keeps messages at once, ahead of the batch that has them too. Absent where a batch is as quick. */
  note?(records: readonly OutboxRecord[]): Promise<void>;
  /** The outbox alone, in any order, as another tab may have written to it. */
  outbox(): Promise<OutboxRecord[]>;
  /** The newest `limit` entries below `beforeSeq`, ascending. */
  entries(query: EntriesQuery): Promise<Entry[]>;
  /** Of what it holds, all that changes one of these messages of a conversation, in any order. */
  changes(of: { conversationId: ConversationId }, entries: readonly Entry[]): Promise<Entry[]>;
  /** The session of this device is over: erases everything but what is left. Does nothing where another session is by now. */
  end(deviceId: DeviceId, leaving: Leaving): Promise<void>;
  /** Lets go of what it holds open. Whatever is asked afterwards rejects. */
  close(): Promise<void>;
}

/**
 * Whether the store has to take the entry: not where it held it `before` this batch, as an entry never changes but by being
 * erased, and another tab may bring one that is; nor before what is kept by `now`.
 */
export const isNew = (
  { seq }: Entry,
  before: ConversationRecord | undefined,
  now: ConversationRecord | undefined,
): boolean => {
  if (seq < (now?.fromSeq ?? 1)) return false;
  return !before || before.generation !== now?.generation || seq < before.fromSeq || seq > before.toSeq;
};

/**
 * What the store keeps of a conversation when `next` comes to what it has, together with `entries`. Entries before `fromSeq` are
 * erased then: nobody reads them there, and what recalls them may lie in the part that is skipped (SYN-21).
 */
export function mergeConversation(
  stored: ConversationRecord | undefined,
  next: ConversationRecord,
  entries: readonly Entry[],
): ConversationRecord {
  if (!stored || next.generation > stored.generation) return next;
  if (next.generation < stored.generation) return stored;
  const [lower, higher] = next.toSeq >= stored.toSeq ? [stored, next] : [next, stored];
  const touching = lower.toSeq > 0 && lower.toSeq + 1 >= higher.fromSeq;
  const firstSeq = Math.max(lower.firstSeq ?? 1, higher.firstSeq ?? 1);
  // Another tab may have erased what `next` held before it: what it has not brought along is not there (SYN-6).
  const broughtFromSeq = Math.max(next.fromSeq, firstBrought(next.conversationId, stored.fromSeq, entries));
  const touchingFromSeq = next.fromSeq < stored.fromSeq ? broughtFromSeq : stored.fromSeq;
  const fromSeq = Math.max(firstSeq, touching ? touchingFromSeq : higher.fromSeq);
  const [older, newer] = (stored.facts?.seq ?? 0) > (next.facts?.seq ?? 0) ? [next, stored] : [stored, next];
  return {
    ...higher,
    fromSeq,
    firstSeq,
    cursors: cursorsOf(newer, mergeCursors(lower.cursors, higher.cursors)),
    ...(newer.facts && { facts: newer.facts, membership: newer.membership ?? older.membership }),
    timed: mergeTimed(stored.timed, next.timed).filter(({ seq }) => seq >= fromSeq),
  };
}

/** How far the entries reach down from `beforeSeq` without a gap. */
function firstBrought(conversationId: ConversationId, beforeSeq: number, entries: readonly Entry[]): number {
  const seqs = new Set(entries.flatMap((entry) => (entry.conversationId === conversationId ? [entry.seq] : [])));
  let firstSeq = beforeSeq;
  while (seqs.has(firstSeq - 1)) firstSeq--;
  return firstSeq;
}

/** Of a group those of who is in it, as the one knows that whose facts go further. */
const cursorsOf = ({ cursors }: ConversationRecord, merged: readonly Cursor[]): Cursor[] =>
  merged.filter(({ userId }) => cursors.some((cursor) => cursor.userId === userId));

/** MSG-23: of a message that one of them erased nothing is left that could be erased again, so it does no harm. */
function mergeTimed(stored: readonly TimedMessage[] = [], next: readonly TimedMessage[] = []): TimedMessage[] {
  const merged = new Map(stored.map((message) => [message.seq, message]));
  for (const message of next) {
    const dueMs = merged.get(message.seq)?.dueMs ?? message.dueMs;
    merged.set(message.seq, { ...message, dueMs });
  }
  return [...merged.values()];
}

/** What the store keeps of an account record when `next` comes to what it has. */
export function mergeRecord(stored: HeldRecord | undefined, next: HeldRecord): HeldRecord {
  const knowsMore = stored?.confirmed && (!next.confirmed || isLaterVersion(stored.confirmed, next.confirmed));
  const confirmed = knowsMore ? stored.confirmed : next.confirmed;
  const isPending = next.pending && isLaterVersion(next.pending, confirmed);
  return { key: next.key, confirmed, pending: isPending ? next.pending : undefined };
}
