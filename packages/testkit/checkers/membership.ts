import { type ConversationId, type Push, parseConversationId, type UserId } from '@hongyan/protocol';
import type { Checker, OwnerOf } from './checker.ts';

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

/**
 * P6: an attacker, a member of nothing, is told nothing of any conversation, and writes into none; a device is pushed nothing of
 * those that its account is not a member of.
 */
export function membershipChecker(ownerOf: OwnerOf): Checker {
  return {
    promise: 'P6',
    observe(observation, complain) {
      if (observation.kind === 'attacker-received') {
        for (const { frame } of observation.frames) {
          const body = frame?.value.body;
          if (body !== undefined && !harmless.has(body.case)) complain(`${observation.name} was given ${body.case}`);
        }
      } else if (observation.kind === 'frames-received') {
        const { deviceId, frames } = observation;
        for (const { frame } of frames) {
          const told = frame?.case === 'push' ? conversationOf(frame.value) : undefined;
          if (told !== undefined && !mayKnow(ownerOf(deviceId), told)) complain(`${deviceId} was told of ${told}`);
        }
      }
    },
    audit(logs, complain) {
      for (const [conversationId, log] of logs) {
        const members = membersOf(conversationId);
        // Of groups see windows.ts.
        if (members === undefined) continue;
        for (const { seq, senderId } of log) {
          if (!members.includes(senderId)) complain(`${senderId} wrote ${conversationId}/${seq}`);
        }
      }
    },
  };
}

/** Undefined where the id does not say. */
const membersOf = (conversationId: ConversationId): readonly UserId[] | undefined =>
  parseConversationId(conversationId)?.members;

const mayKnow = (userId: UserId, conversationId: ConversationId): boolean =>
  membersOf(conversationId)?.includes(userId) !== false;

function conversationOf({ body }: Push): ConversationId | undefined {
  switch (body?.case) {
    case 'entry':
    case 'receipt':
    case 'typingChanged':
      return body.value.conversationId;
    case 'conversationUpdate':
      return body.value.state?.conversationId;
    default:
      return undefined;
  }
}
