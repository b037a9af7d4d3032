import type { ConversationId } from '@hongyan/protocol';
import type { Checker } from './checker.ts';

interface Promised {
  conversationId: ConversationId;
  clientMessageId: string;
  seq: number;
}

/** P1: what a sender saw as sent is in the log, at the place it was told, after every crash. */
export function durableChecker(): Checker {
  const promised: Promised[] = [];
  return {
    promise: 'P1',
    observe(observation) {
      if (observation.kind === 'sent') promised.push(observation);
    },
    audit(logs, complain) {
      for (const { conversationId, clientMessageId, seq } of promised) {
        const found = logs.get(conversationId)?.find((entry) => entry.seq === seq);
        if (found?.clientMessageId === clientMessageId) continue;
        const instead = found === undefined ? 'nothing' : found.clientMessageId;
        complain(`${clientMessageId} was said to be sent as ${conversationId}/${seq}, where the log has ${instead}`);
      }
    },
  };
}
