import type { Checker } from './checker.ts';

/**
 * P3: what was written on one device stands in the log in that order (OUT-2). A message that failed gave up its place: it
 * comes where the person puts it by trying again.
 */
export function ownOrderChecker(): Checker {
  const written = new Map<string, { deviceId: string; order: number }>();
  const failed = new Set<string>();
  return {
    promise: 'P3',
    observe(observation) {
      if (observation.kind === 'composed') {
        written.set(observation.clientMessageId, { deviceId: observation.deviceId, order: written.size });
        // It waits for the message that it changes to have a place, and holds nothing else back (OUT-12).
        if (observation.change?.targetId !== undefined) failed.add(observation.clientMessageId);
      } else if (observation.kind === 'message-state' && observation.state.name === 'failed') {
        failed.add(observation.clientMessageId);
      } else if (observation.kind === 'tried-again') {
        failed.add(observation.clientMessageId);
      }
    },
    audit(logs, complain) {
      for (const [conversationId, log] of logs) {
        const last = new Map<string, { clientMessageId: string; order: number }>();
        for (const { clientMessageId } of log) {
          const message = written.get(clientMessageId);
          if (message === undefined || failed.has(clientMessageId)) continue;
          const { deviceId, order } = message;
          const before = last.get(deviceId);
          if (before !== undefined && before.order > order) {
            complain(
              `${conversationId} has ${clientMessageId} behind ${before.clientMessageId}, which was written later`,
            );
          }
          last.set(deviceId, { clientMessageId, order });
        }
      }
    },
  };
}
