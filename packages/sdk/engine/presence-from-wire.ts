import { DeviceKind, PresenceState, type Presence as WirePresence } from '@hongyan/protocol';
import type { DeviceKindName, Presence } from '../types.ts';

/** What the server says of somebody, as an application is told. */
export function presenceFromWire({ userId, state, devices, lastSeenMs }: WirePresence): Presence {
  return {
    userId,
    state: stateName(state),
    devices: devices.map(({ kind, isIdle }) => ({ kind: kindName(kind), isIdle })),
    lastSeenMs: lastSeenMs === 0 ? undefined : lastSeenMs,
  };
}

/** A state of a later version is at least not offline. */
function stateName(state: PresenceState): Presence['state'] {
  switch (state) {
    case PresenceState.AWAY:
      return 'away';
    case PresenceState.DO_NOT_DISTURB:
      return 'do-not-disturb';
    case PresenceState.OFFLINE:
    case PresenceState.UNSPECIFIED:
      return 'offline';
    default:
      return 'online';
  }
}

function kindName(kind: DeviceKind): DeviceKindName {
  switch (kind) {
    case DeviceKind.WEB:
      return 'web';
    case DeviceKind.DESKTOP:
      return 'desktop';
    case DeviceKind.PHONE:
      return 'phone';
    case DeviceKind.TABLET:
      return 'tablet';
    default:
      return 'other';
  }
}

/** As the server is told. */
export function deviceKindOf(name: DeviceKindName): DeviceKind {
  switch (name) {
    case 'web':
      return DeviceKind.WEB;
    case 'desktop':
      return DeviceKind.DESKTOP;
    case 'phone':
      return DeviceKind.PHONE;
    case 'tablet':
      return DeviceKind.TABLET;
    case 'other':
      return DeviceKind.UNSPECIFIED;
  }
}
