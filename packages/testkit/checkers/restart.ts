import {
  type ConversationId,
  DEFAULT_LIMITS,
  type DeviceId,
  type Entry,
  EntryKind,
  parseRecordKey,
} from '@hongyan/protocol';
import type { DeviceView, Settled } from './checker.ts';

/** What each device shows: a restart without a network must not change it, as all of it is in the store. */
export type Screens = ReadonlyMap<DeviceId, readonly string[]>;

export const screensOf = (settled: Settled): Screens =>
  new Map(settled.devices.map((device) => [device.deviceId, screenOf(device, settled)]));

function screenOf({ userId, engine }: DeviceView, { records, logs }: Settled): string[] {
  const keys = (records?.get(userId) ?? []).flatMap(({ key }) => parseRecordKey(key) ?? []);
  // Where messages have lifetimes, one of them may end meanwhile.
  const isTimed = (id: ConversationId) => hasLifetimes(logs.get(id) ?? []);
  const lasting = engine.conversations().filter(({ id }) => !isTimed(id));
  return [
    ...lasting.map((item) => JSON.stringify({ ...item, unreadCount: countShown(item.unreadCount) })),
    ...keys.map((key) => `${JSON.stringify(key)}: ${engine.record?.(key)}`),
  ];
}

/** The server keeps no lifetime of what it erased, and may have done so a moment before a device does. */
function hasLifetimes(log: readonly Entry[]): boolean {
  const recalled = new Set(log.flatMap(({ kind, header }) => (kind === EntryKind.RECALL ? [header?.targetSeq] : [])));
  const isOver = ({ kind, seq, body }: Entry) => kind === EntryKind.MESSAGE && body.length === 0 && !recalled.has(seq);
  return log.some((entry) => (entry.header?.lifetimeMs ?? 0) > 0 || isOver(entry));
}

/** Beyond the limit nobody counts. */
const countShown = (count: number): number => Math.min(count, DEFAULT_LIMITS.unreadCountMax);

/** P4: what of it is different now. */
export function changedScreens(before: Screens, after: Screens): string[] {
  return [...after].flatMap(([deviceId, screen]) => {
    const known = before.get(deviceId) ?? [];
    const at = screen.findIndex((line, index) => line !== known[index]);
    if (at === -1 && screen.length === known.length) return [];
    return [`${deviceId} shows ${screen[at]} after a restart, and before ${known[Math.max(at, 0)]}`];
  });
}
