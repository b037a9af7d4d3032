import type { Command } from '@hongyan/protocol';
import type { LogicCommand } from '../logic/index.ts';

type Body = Command['body'];

/** Whether it is a node with logic that carries out commands of this kind. */
export function isForLogic(body: Body): body is LogicCommand['body'] {
  switch (body?.case) {
    case 'sendMessage':
    case 'advanceCursor':
    case 'fetchEntries':
    case 'fetchConversation':
    case 'fetchUserEvents':
    case 'setRecord':
    case 'changeConversation':
    case 'fetchChanges':
    case 'fetchMembers':
    case 'fetchReceiptCounts':
    case 'fetchReceivers':
    case 'search':
      return true;
    default:
      return false;
  }
}

/** Whether those of this kind on one conversation have to be carried out in the order in which they were asked (P3). */
export const isOrdered = (body: Body): boolean => body?.case === 'sendMessage' || body?.case === 'changeConversation';
