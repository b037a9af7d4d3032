import type { DeviceId } from '@hongyan/protocol';
import type { Checker } from './checker.ts';

/** As OUT-5 has it. */
const TRIES_MAX = 5;

/** P8: a program tries a message a few times and then asks the person (OUT-5); it does not go on by itself for ever. */
export function triesChecker(): Checker {
  const tries = new Map<DeviceId, Map<string, number>>();
  return {
    promise: 'P8',
    observe(observation, complain) {
      switch (observation.kind) {
        case 'device-started':
          tries.set(observation.deviceId, new Map());
          return;
        case 'tried-again':
          for (const counts of tries.values()) counts.delete(observation.clientMessageId);
          return;
        case 'commands-sent': {
          const { deviceId, commands } = observation;
          for (const { body } of commands) {
            if (body?.case !== 'sendMessage' && body?.case !== 'changeConversation') continue;
            const { clientMessageId } = body.value;
            const count = (tries.get(deviceId)?.get(clientMessageId) ?? 0) + 1;
            tries.get(deviceId)?.set(clientMessageId, count);
            if (count > TRIES_MAX) complain(`${deviceId} sent ${clientMessageId} ${count} times`);
          }
          return;
        }
        default:
      }
    },
  };
}
