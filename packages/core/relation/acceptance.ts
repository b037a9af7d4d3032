import {
  audienceIn,
  decodeBlock,
  type RecordKey,
  type RecordVersion,
  relationOf,
  type UserId,
} from '@hongyan/protocol';

/** What somebody may want of an account. */
export type Approach = 'write' | 'invite';

const SETTINGS = { write: 'who-may-write', invite: 'who-may-invite' } as const;

/** The account's records that say whether it takes something from `senderId`, blocks and audience first. */
export const acceptanceKeys = (senderId: UserId, approach: Approach): readonly RecordKey[] => [
  { kind: 'block', userId: senderId },
  { kind: 'setting', name: SETTINGS[approach] },
  { kind: 'friend', userId: senderId },
  { kind: 'peer', userId: senderId },
];

/** The values of `acceptanceKeys`, in their order. */
export type AcceptanceRecords = readonly (RecordVersion | undefined)[];

/** Whether an account takes something from somebody, by its records (PPL-3, PPL-4). */
export function accepts([block, audience, own, peer]: AcceptanceRecords, nowMs: number): boolean {
  if (isBlock(block?.value)) return false;
  switch (audienceIn(audience?.value)) {
    case 'everyone':
      return true;
    case 'friends':
      return relationOf(own, peer, nowMs).state === 'friends';
    case 'nobody':
      return false;
  }
}

export function isBlock(value: Uint8Array | undefined): boolean {
  if (value === undefined || value.length === 0) return false;
  try {
    return decodeBlock(value).blocked;
  } catch {
    return true;
  }
}
