import {
  audienceIn,
  decodeBlock,
  type RecordKey,
  type RecordVersion,
  recordKey,
  relationOf,
  SYSTEM_USER_ID,
  type UserId,
} from '@hongyan/protocol';

/** What somebody may want of an account. */
export type Approach = 'write' | 'invite';

const SETTINGS = { write: 'who-may-write', invite: 'who-may-invite' } as const;

/** Gives an account's records; undefined: there is none under that key. */
export type ReadRecord = (key: RecordKey) => RecordVersion | undefined;

/** The records by which an account is asked whether it takes something from `senderId`. */
export const acceptanceKeys = (senderId: UserId, approach: Approach): readonly RecordKey[] => [
  { kind: 'block', userId: senderId },
  { kind: 'setting', name: SETTINGS[approach] },
  { kind: 'friend', userId: senderId },
  { kind: 'peer', userId: senderId },
];

/**
 * Whether an account takes something from somebody, by its records, of which it reads no more than it has to (PPL-3, PPL-4). What
 * the installation has to say is no approach of somebody's: only a block stops it (API-2).
 */
export function accepts(read: ReadRecord, senderId: UserId, approach: Approach, nowMs: number): boolean {
  if (isBlock(read({ kind: 'block', userId: senderId })?.value)) return false;
  if (senderId === SYSTEM_USER_ID) return true;
  switch (audienceIn(read({ kind: 'setting', name: SETTINGS[approach] })?.value)) {
    case 'everyone':
      return true;
    case 'friends': {
      const [own, peer] = [read({ kind: 'friend', userId: senderId }), read({ kind: 'peer', userId: senderId })];
      return relationOf(own, peer, nowMs).state === 'friends';
    }
    case 'nobody':
      return false;
  }
}

/** `accepts` by records that were read beforehand: those under `acceptanceKeys`, in their order. */
export function recordsRead(keys: readonly RecordKey[], versions: readonly (RecordVersion | undefined)[]): ReadRecord {
  const byKey = new Map(keys.map((key, at) => [recordKey(key), versions[at]]));
  return (key) => byKey.get(recordKey(key));
}

export function isBlock(value: Uint8Array | undefined): boolean {
  if (value === undefined || value.length === 0) return false;
  try {
    return decodeBlock(value).blocked;
  } catch {
    return true;
  }
}
