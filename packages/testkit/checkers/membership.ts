import { parseConversationId } from '@hongyan/protocol';
import type { Checker } from './checker.ts';

/** What may be said to an account that is a member of no conversation. */
const harmless: ReadonlySet<string> = new Set([
  'error',
  'welcome',
  'pong',
  'done',
  'userEventPage',
  'synced',
  'closing',
  'positionsWanted',
  'comparisonWanted',
]);

/** P6: an attacker, a member of nothing, is told nothing of any conversation, and writes into none. */
export function membershipChecker(): Checker {
  return {
    promise: 'P6',
    observe(observation, complain) {
      if (observation.kind !== 'attacker-received') return;
      for (const { frame } of observation.frames) {
        const body = frame?.value.body;
        if (body !== undefined && !harmless.has(body.case)) complain(`${observation.name} was given ${body.case}`);
      }
    },
    audit(logs, complain) {
      for (const [conversationId, log] of logs) {
        const members = parseConversationId(conversationId)?.members as readonly string[] | undefined;
        for (const { seq, senderId } of log) {
          if (members?.includes(senderId) !== true) complain(`${senderId} wrote ${conversationId}/${seq}`);
        }
      }
    },
  };
}
