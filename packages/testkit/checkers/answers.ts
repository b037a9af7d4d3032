import { DEFAULT_LIMITS, type DeviceId } from '@hongyan/protocol';
import type { Checker } from './checker.ts';

/**
 * P8: every command is answered once, or its connection is lost (SES-5); no more are under way than the server allows
 * (SES-8). What the server asks is answered too, before anything else is said (SYN-9).
 */
export function answersChecker(): Checker {
  const unanswered = new Map<DeviceId, Map<number, Set<number>>>();
  /** Where the server waits for positions. */
  const wanted = new Set<string>();
  const idsOf = (deviceId: DeviceId, connectionId: number) => unanswered.get(deviceId)?.get(connectionId);
  return {
    promise: 'P8',
    observe(observation, complain) {
      switch (observation.kind) {
        case 'device-started':
          unanswered.set(observation.deviceId, new Map());
          for (const where of wanted) if (where.startsWith(`${observation.deviceId} `)) wanted.delete(where);
          return;
        case 'device-crashed':
          unanswered.delete(observation.deviceId);
          return;
        case 'connection-over':
          unanswered.get(observation.deviceId)?.delete(observation.connectionId);
          return;
        case 'commands-sent': {
          const { deviceId, connectionId, commands } = observation;
          const ids = idsOf(deviceId, connectionId) ?? new Set();
          unanswered.get(deviceId)?.set(connectionId, ids);
          for (const { id } of commands) if (id !== 0) ids.add(id);
          const isWanted = wanted.delete(`${deviceId} ${connectionId}`);
          if (isWanted && !commands.some(({ body }) => body?.case === 'statePositions')) {
            complain(`${deviceId} was asked for positions and did not state them`);
          }
          if (ids.size > DEFAULT_LIMITS.commandsInFlightMax) complain(`${deviceId} has ${ids.size} commands under way`);
          return;
        }
        case 'frames-received': {
          const { deviceId, connectionId, frames } = observation;
          for (const { frame } of frames) {
            if (frame?.value.body?.case === 'positionsWanted') wanted.add(`${deviceId} ${connectionId}`);
            if (frame?.case !== 'reply') continue;
            const { id } = frame.value;
            if (idsOf(deviceId, connectionId)?.delete(id) !== true) {
              complain(`${deviceId} got an answer to ${id}, which does not wait for one`);
            }
          }
          return;
        }
        default:
      }
    },
    outstanding: () =>
      [...unanswered].flatMap(([deviceId, connections]) =>
        [...connections].flatMap(([connectionId, ids]) =>
          [...ids].map((id) => `${deviceId} waits for the answer to ${id} on connection ${connectionId}`),
        ),
      ),
  };
}
