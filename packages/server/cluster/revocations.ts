import type { Broker } from '@hongyan/core';
import type { DeviceId, UserId } from '@hongyan/protocol';
import { decodeDeviceRevoked, encodeDeviceRevoked } from '@hongyan/protocol/cluster';
import type { Subjects } from './subjects.ts';

/** Calls `revoke` for every device that another node signs out; a hint, which may be lost. Answers what tells the others. */
export function shareRevocations(
  broker: Broker,
  subjects: Subjects,
  revoke: (userId: UserId, deviceId: DeviceId) => void,
): (userId: UserId, deviceId: DeviceId) => void {
  broker.subscribe(subjects.revoked, (payload) => {
    const { userId, deviceId } = decodeDeviceRevoked(payload);
    revoke(userId, deviceId);
  });
  return (userId, deviceId) => broker.publish(subjects.revoked, encodeDeviceRevoked({ userId, deviceId }));
}
