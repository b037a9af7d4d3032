import type { Broker } from '@hongyan/core';
import type { DeviceId } from '@hongyan/protocol';
import { decodeDeviceRevoked, encodeDeviceRevoked } from '@hongyan/protocol/cluster';
import type { Subjects } from './subjects.ts';

/**
 * How long a node lets a device in without a look whether it is signed in, since that it was signed out may have been missed.
 * With the round in which gateways look up those that have a session it stays below the five minutes that SES-3 states.
 */
export const REMEMBERED_MS_MAX = 120_000;

export interface RevocationParts {
  broker: Broker;
  subjects: Subjects;
  /** Another node signed this device out. */
  revoke: (deviceId: DeviceId) => void;
  /** What was told meanwhile may be lost. */
  onMissed: () => void;
}

/** Hears of the devices that other nodes sign out: a hint, which may be lost. Answers what tells the others. */
export function shareRevocations({
  broker,
  subjects,
  revoke,
  onMissed,
}: RevocationParts): (deviceId: DeviceId) => void {
  broker.subscribe(subjects.revoked, (payload) => revoke(decodeDeviceRevoked(payload).deviceId));
  broker.onRestored(onMissed);
  return (deviceId) => broker.publish(subjects.revoked, encodeDeviceRevoked({ deviceId }));
}
