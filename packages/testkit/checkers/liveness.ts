import type { ConversationId } from '@hongyan/protocol';
import type { Checker } from './checker.ts';

/**
 * LIVENESS: when faults have stopped, every outbox empties, nothing is failed, and every message that was promised (its
 * device had kept it, or did not crash) is in the log.
 */
export function livenessChecker(): Checker {
  const promised = new Set<string>();
  /** Written, but in no store yet: a crash of the device takes them. */
  const unkept = new Map<string, string>();
  /** Of those that change a message, which one that is. */
  const targets = new Map<string, { conversationId: ConversationId; targetSeq: number; targetId?: string }>();
  const givenUp = new Set<string>();
  return {
    promise: 'LIVENESS',
    observe(observation) {
      switch (observation.kind) {
        case 'composed':
          promised.add(observation.clientMessageId);
          unkept.set(observation.clientMessageId, observation.deviceId);
          if (observation.change !== undefined)
            targets.set(observation.clientMessageId, { ...observation, ...observation.change });
          return;
        case 'outbox-kept':
        case 'sent':
          // What was refused may still be on its way into the store.
          if (!givenUp.has(observation.clientMessageId)) promised.add(observation.clientMessageId);
          unkept.delete(observation.clientMessageId);
          return;
        case 'given-up':
        case 'change-refused':
          givenUp.add(observation.clientMessageId);
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
      const entryOf = (conversationId: ConversationId, seq: number, id: string | undefined) =>
        logs
          .get(conversationId)
          ?.find((entry) => (id === undefined ? entry.seq === seq : entry.clientMessageId === id));
      // What was to change a message that is gone says nothing any more (MSG-21), and is discarded with it (OUT-12).
      const isPointless = (id: string) => {
        const target = targets.get(id);
        if (target === undefined || (target.targetSeq === 0 && target.targetId === undefined)) return false;
        const { conversationId, targetSeq, targetId } = target;
        return givenUp.has(targetId ?? '') || entryOf(conversationId, targetSeq, targetId)?.body.length === 0;
      };
      const missing = [...promised].filter((id) => !logged.has(id) && !isPointless(id));
      const lost = missing.map((id) => `${id} never reached the log`);
      const stuck = devices.flatMap(({ deviceId, engine }) => [
        ...engine.outbox().map((item) => `${item.clientMessageId} is still ${item.state.name} on ${deviceId}`),
        ...(engine.connection().status === 'online' ? [] : [`${deviceId} is ${engine.connection().status}`]),
      ]);
      return [...lost, ...stuck];
    },
  };
}
