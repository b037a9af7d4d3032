import { type Clock, StoreError } from '@hongyan/core';
import { type DeviceId, idHash } from '@hongyan/protocol';
import type { Relay } from './relay.ts';

const DEADLINE_MS = 10_000;

/** Asks a node with logic which of these devices are signed out. Rejects with StoreError while nobody knows. */
export function askSignedOut(relay: Relay, clock: Clock, deviceIds: readonly DeviceId[]): Promise<DeviceId[]> {
  const { promise, resolve, reject } = Promise.withResolvers<DeviceId[]>();
  const unavailable = (cause: unknown) => reject(new StoreError('unavailable', 'not-answered', { cause }));
  relay.ask({
    key: idHash(deviceIds[0] ?? ''),
    isOrdered: false,
    request: { caller: undefined, body: { case: 'signedIn', value: { deviceIds: [...deviceIds] } } },
    deadlineMs: clock.now() + DEADLINE_MS,
    givenUpMs: clock.now() + DEADLINE_MS,
    statedBy: '',
    answered(body) {
      if (body.case === 'signedOut') resolve(body.value.deviceIds);
      else unavailable(body);
      return true;
    },
    failed: unavailable,
  });
  return promise;
}
