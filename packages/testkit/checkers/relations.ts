import {
  type AccountRecord,
  ConversationKind,
  type DeviceId,
  decodeBlock,
  EntryKind,
  parseConversationId,
  parseRecordKey,
  recordKey,
  relationOf,
  type UserId,
} from '@hongyan/protocol';
import type { Checker, OwnerOf, Settled } from './checker.ts';

/**
 * P6: from the moment on at which a block was answered, nothing new by who is blocked comes into the conversation of the two
 * (PPL-3), until somebody asks to lift it. Both see one and the same friendship, and nobody keeps a wish that its owner does not
 * have (PPL-1, PPL-2).
 */
export function relationsChecker(ownerOf: OwnerOf): Checker {
  const asked = new Map<string, AccountRecord>();
  /** `owner other`: how late a version asked for a block to be lifted, and whether one holds. */
  const lifted = new Map<string, number>();
  const blocked = new Set<string>();
  const name = (deviceId: DeviceId, connectionId: number, id: number) => `${deviceId} ${connectionId} ${id}`;
  return {
    promise: 'P6',
    observe(observation, complain) {
      switch (observation.kind) {
        case 'commands-sent': {
          const { deviceId, connectionId, commands } = observation;
          for (const { id, body } of commands) {
            const record = body?.case === 'setRecord' ? body.value.record : undefined;
            const pair = record && pairOf(ownerOf(deviceId), record);
            if (record === undefined || pair === undefined) continue;
            asked.set(name(deviceId, connectionId, id), record);
            if (isBlock(record)) continue;
            lifted.set(pair, Math.max(lifted.get(pair) ?? 0, record.changedAtMs));
            blocked.delete(pair);
          }
          return;
        }
        case 'frames-received': {
          const { deviceId, connectionId, frames } = observation;
          for (const { frame } of frames) {
            if (frame?.case !== 'reply' || frame.value.body?.case !== 'done') continue;
            const record = asked.get(name(deviceId, connectionId, frame.value.id));
            const pair = record && pairOf(ownerOf(deviceId), record);
            if (record === undefined || pair === undefined || !isBlock(record)) continue;
            if (record.changedAtMs > (lifted.get(pair) ?? 0)) blocked.add(pair);
          }
          return;
        }
        case 'device-started':
          for (const key of asked.keys()) if (key.startsWith(`${observation.deviceId} `)) asked.delete(key);
          return;
        case 'committed': {
          const { conversationId, seq, senderId, kind } = observation.entry;
          const parsed = parseConversationId(conversationId);
          if (parsed?.kind !== ConversationKind.DIRECT || kind === EntryKind.RECALL) return;
          const other = parsed.members.find((userId) => userId !== senderId);
          if (blocked.has(`${other} ${senderId}`))
            complain(`${conversationId}/${seq} is by ${senderId}, who is blocked`);
          return;
        }
        default:
      }
    },
    outstanding: (settled) => [...wrongPeers(settled), ...wrongFriends(settled)],
  };
}

function pairOf(owner: UserId, { key }: AccountRecord): string | undefined {
  const parsed = parseRecordKey(key);
  return parsed?.kind === 'block' ? `${owner} ${parsed.userId}` : undefined;
}

const isBlock = ({ value }: AccountRecord): boolean => value.length > 0 && decodeBlock(value).blocked;

type Records = NonNullable<Settled['records']>;

const find = (records: Records, userId: UserId, key: string) =>
  records.get(userId)?.find((record) => record.key === key);

function wrongPeers({ records = new Map() }: Settled): string[] {
  const wrong: string[] = [];
  for (const userId of records.keys()) {
    for (const otherId of records.keys()) {
      if (userId === otherId) continue;
      const wish = find(records, otherId, recordKey({ kind: 'friend', userId }));
      const peer = find(records, userId, recordKey({ kind: 'peer', userId: otherId }));
      const isAlike =
        wish?.changedAtMs === peer?.changedAtMs && Buffer.compare(wish?.value ?? NOTHING, peer?.value ?? NOTHING) === 0;
      if (!isAlike) wrong.push(`${userId} keeps a wish of ${otherId} that is another one`);
    }
  }
  return wrong;
}

const NOTHING = new Uint8Array();

/** What devices show both of: the records of two accounts, whoever is asked. */
function wrongFriends({ devices, nowMs = 0 }: Settled): string[] {
  const shown = devices.map(({ deviceId, userId, engine }) => {
    const version = (kind: 'friend' | 'peer', other: UserId) => {
      const value = engine.record?.({ kind, userId: other });
      return value && { value, changedAtMs: nowMs };
    };
    return {
      deviceId,
      userId,
      isFriend: (other: UserId) =>
        relationOf(version('friend', other), version('peer', other), nowMs).state === 'friends',
    };
  });
  return shown.flatMap((one) =>
    shown
      .filter((other) => other.userId !== one.userId && one.isFriend(other.userId) !== other.isFriend(one.userId))
      .map((other) => `${one.deviceId} and ${other.deviceId} do not agree whether they are friends`),
  );
}
