import {
  choiceAt,
  type DevicePresence,
  type Presence,
  type PresenceAudience,
  type PresenceChoice,
  PresenceState,
  type UserId,
} from '@hongyan/protocol';
import { Relation } from '@hongyan/protocol/cluster';
import type { Appearance } from './appearance.ts';

/** Others are told no closer than this when somebody was there last (PRS-6). */
export const LAST_SEEN_STEP_MS = 300_000;

/** What is known of an account. */
export interface Observed {
  userId: UserId;
  /** Connected ones; several may be of one kind. */
  devices: readonly DevicePresence[];
  appearance: Appearance;
  /** 0: not known. */
  lastSeenMs: number;
}

/** Whether one account may know of another one's presence at all (PRS-5). */
export function maySee(audience: PresenceAudience, relation: Relation): boolean {
  switch (relation) {
    case Relation.SELF:
      return true;
    case Relation.FRIEND:
      return audience !== 'nobody';
    case Relation.STRANGER:
      return audience === 'everyone';
    case Relation.BLOCKED:
    case Relation.UNSPECIFIED:
      return false;
  }
}

/** What an account to which it is `relation` is shown of somebody. */
export function presenceFor(relation: Relation, observed: Observed, nowMs: number): Presence {
  const { userId, appearance, lastSeenMs } = observed;
  const isSelf = relation === Relation.SELF;
  const choice = choiceAt(appearance.chosen, nowMs);
  if (!maySee(appearance.audience, relation)) return offline(userId, 0);
  if (isSelf) return shown(observed, choice, lastSeenMs);
  // Whoever is invisible looks like somebody who left when that was chosen.
  if (choice === 'invisible')
    return offline(userId, rounded(Math.min(lastSeenMs || appearance.chosenAtMs, appearance.chosenAtMs)));
  return shown(observed, choice, rounded(lastSeenMs));
}

function shown({ userId, devices: connected }: Observed, choice: PresenceChoice, lastSeenMs: number): Presence {
  const devices = byKind(connected);
  if (devices.length === 0) return offline(userId, lastSeenMs);
  return { userId, state: connectedState(choice, devices), devices, lastSeenMs: 0 };
}

const offline = (userId: UserId, lastSeenMs: number): Presence => ({
  userId,
  state: PresenceState.OFFLINE,
  devices: [],
  lastSeenMs,
});

const rounded = (lastSeenMs: number): number => lastSeenMs - (lastSeenMs % LAST_SEEN_STEP_MS);

/** Whether it is what somebody looks like of whom nothing is known. */
export const isPlainlyOffline = ({ state, lastSeenMs }: Presence): boolean =>
  state === PresenceState.OFFLINE && lastSeenMs === 0;

function connectedState(choice: PresenceChoice, devices: readonly DevicePresence[]): PresenceState {
  switch (choice) {
    case 'do-not-disturb':
      return PresenceState.DO_NOT_DISTURB;
    case 'away':
      return PresenceState.AWAY;
    case 'available':
    case 'invisible':
      return devices.every(({ isIdle }) => isIdle) ? PresenceState.AWAY : PresenceState.ONLINE;
  }
}

/** One for each kind, idle when all of them are, in the order of the kinds. */
export function byKind(devices: readonly DevicePresence[]): DevicePresence[] {
  const kinds = new Map<DevicePresence['kind'], boolean>();
  for (const { kind, isIdle } of devices) kinds.set(kind, isIdle && (kinds.get(kind) ?? true));
  return [...kinds].sort(([a], [b]) => a - b).map(([kind, isIdle]) => ({ kind, isIdle }));
}
