import type { Checker } from './checker.ts';

/**
 * LIVENESS: when faults have stopped, every outbox empties, nothing is failed, and every message that was promised (its
 * device had kept it, or did not crash) is in the log.
 */
export function livenessChecker(): Checker {
  const promised = new Set<string>();
  /** Written, but in no store yet: a crash of the device takes them. */
  const unkept = new Map<string, string>();
  return {
    promise: 'LIVENESS',
    observe(observation) {
      switch (observation.kind) {
        case 'composed':
          promised.add(observation.clientMessageId);
          unkept.set(observation.clientMessageId, observation.deviceId);
          return;
        case 'outbox-kept':
        case 'sent':
          promised.add(observation.clientMessageId);
          unkept.delete(observation.clientMessageId);
          return;
        case 'given-up':
          promised.delete(observation.clientMessageId);
          unkept.delete(observation.clientMessageId);
          return;
        case 'device-crashed':
          for (const [clientMessageId, deviceId] of unkept) {
            if (deviceId !== observation.deviceId) continue;
            promised.delete(clientMessageId);
            unkept.delete(clientMessageId);
          }
          return;
        default:
      }
    },
    outstanding({ logs, devices }) {
      const logged = new Set([...logs.values()].flat().map((entry) => entry.clientMessageId));
      const lost = [...promised].filter((id) => !logged.has(id)).map((id) => `${id} never reached the log`);
      const stuck = devices.flatMap(({ deviceId, engine }) => [
        ...engine.outbox().map((item) => `${item.clientMessageId} is still ${item.state.name} on ${deviceId}`),
        ...(engine.connection().status === 'online' ? [] : [`${deviceId} is ${engine.connection().status}`]),
      ]);
      return [...lost, ...stuck];
    },
  };
}
