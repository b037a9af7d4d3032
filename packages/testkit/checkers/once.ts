import type { Checker } from './checker.ts';

/**
 * P2: a message is in the log once, and every answer to its sender names the same place. So is what somebody wrote under
 * another name than its own: where writing is observed, nothing else is in a log.
 */
export function onceChecker(): Checker {
  const answers = new Map<string, number>();
  const written = new Set<string>();
  return {
    promise: 'P2',
    observe(observation, complain) {
      if (observation.kind === 'composed') written.add(observation.clientMessageId);
      if (observation.kind !== 'sent') return;
      const { clientMessageId, seq } = observation;
      const before = answers.get(clientMessageId);
      if (before !== undefined && before !== seq) complain(`${clientMessageId} was answered with ${before} and ${seq}`);
      answers.set(clientMessageId, seq);
    },
    audit(logs, complain) {
      const places = new Map<string, string>();
      for (const entry of [...logs.values()].flat()) {
        const message = `${entry.senderId} ${entry.clientMessageId}`;
        const place = `${entry.conversationId}/${entry.seq}`;
        const before = places.get(message);
        const isUnknown = written.size > 0 && !written.has(entry.clientMessageId);
        if (isUnknown) complain(`${place} is ${entry.clientMessageId}, which nobody wrote`);
        if (before !== undefined) complain(`${entry.clientMessageId} is in the log twice: ${before} and ${place}`);
        places.set(message, place);
      }
    },
  };
}
