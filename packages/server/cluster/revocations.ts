import type { Broker } from '@hongyan/core';
import type { DeviceId } from '@hongyan/protocol';
import { decodeDeviceRevoked, encodeDeviceRevoked } from '@hongyan/protocol/cluster';
import type { Subjects } from './subjects.ts';

/** Calls `revoke` for every device that another node signs out; a hint, which may be lost. Answers what tells the others. */
export function shareRevocations(
  broker: Broker,
  subjects: Subjects,
  revoke: (deviceId: DeviceId) => void,
): (deviceId: DeviceId) => void {
  broker.subscribe(subjects.revoked, (payload) => revoke(decodeDeviceRevoked(payload).deviceId));
  return (deviceId) => broker.publish(subjects.revoked, encodeDeviceRevoked({ deviceId }));
}
