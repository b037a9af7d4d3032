import type { Broker } from '@hongyan/core';
import type { DeviceId } from '@hongyan/protocol';
import { decodeDeviceRevoked, encodeDeviceRevoked } from '@hongyan/protocol/cluster';
import type { Subjects } from './subjects.ts';

/**
 * How long a node lets a device in without a look whether it is signed in, since that it was signed out may have been missed.
 * With the round in which gateways look up those that have a session it stays below the five minutes that SES-3 states.
 */
export const REMEMBERED_MS_MAX = 120_000;

/** Nothing of the device may live on. `isReplaced`: a newer one took its place. */
export type Revoke = (deviceId: DeviceId, isReplaced: boolean) => void;

export interface RevocationParts {
  broker: Broker;
  subjects: Subjects;
  /** Another node signed this device out. */
  revoke: Revoke;
  /** What was told meanwhile may be lost. */
  onMissed: () => void;
}

/** Hears of the devices that other nodes sign out: a hint, which may be lost. Answers what tells the others. */
export function shareRevocations({ broker, subjects, revoke, onMissed }: RevocationParts): Revoke {
  broker.subscribe(subjects.revoked, (payload) => {
    const { deviceId, isReplaced } = decodeDeviceRevoked(payload);
    revoke(deviceId, isReplaced);
  });
  broker.onRestored(onMissed);
  return (deviceId, isReplaced) => broker.publish(subjects.revoked, encodeDeviceRevoked({ deviceId, isReplaced }));
}
