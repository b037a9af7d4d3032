import { type ConversationId, EntryKind } from '@hongyan/protocol';
import type { MessageState } from '@hongyan/sdk/types';
import type { Checker, OwnerOf } from './checker.ts';
import { wrongCursors, wrongStates, wrongUnread } from './receipts-settled.ts';

const rank: Record<MessageState['name'], number> = {
  queued: 0,
  sending: 0,
  failed: 0,
  received: 0,
  sent: 1,
  delivered: 2,
  read: 3,
};

/** The furthest seq by some pair of names. */
class Furthest {
  readonly #seqs = new Map<string, number>();
  at = (who: string, conversationId: ConversationId): number => this.#seqs.get(`${who} ${conversationId}`) ?? 0;
  set(who: string, conversationId: ConversationId, seq: number): void {
    this.#seqs.set(`${who} ${conversationId}`, seq);
  }
  move(who: string, conversationId: ConversationId, seq: number): void {
    if (seq > this.at(who, conversationId)) this.set(who, conversationId, seq);
  }
}

/**
 * P5: nobody is told of more than is so: `delivered` up to what a device of that member has kept, `read` up to what the
 * person opened; what a sender sees only moves forward; in the end everybody sees what a count over the log gives.
 */
export function receiptsChecker(ownerOf: OwnerOf): Checker {
  /** By device, and by account. */
  const held = new Furthest();
  const opened = new Furthest();
  /** By device: what was opened there and did not go down with a crash. */
  const lastingRead = new Furthest();
  const keptRead = new Furthest();
  const storedDelivered = new Furthest();
  const storedRead = new Furthest();
  const conversations = new Set<ConversationId>();
  const shown = new Map<string, MessageState['name']>();
  const shownIn = new Map<string, ConversationId>();
  const changing = new Set<ConversationId>();
  return {
    promise: 'P5',
    observe(observation, complain) {
      switch (observation.kind) {
        case 'device-started':
          for (const key of shown.keys()) if (key.startsWith(`${observation.deviceId} `)) shown.delete(key);
          return;
        case 'device-crashed':
          for (const conversationId of conversations) {
            lastingRead.set(observation.deviceId, conversationId, keptRead.at(observation.deviceId, conversationId));
          }
          return;
        case 'committed': {
          // Who comes into a group has nothing of it yet, whoever had it all before.
          if (observation.entry.kind === EntryKind.CONVERSATION_CHANGED) changing.add(observation.entry.conversationId);
          return;
        }
        case 'held':
          conversations.add(observation.conversationId);
          keptRead.move(observation.deviceId, observation.conversationId, observation.readSeq);
          held.move(observation.deviceId, observation.conversationId, observation.toSeq);
          held.move(ownerOf(observation.deviceId), observation.conversationId, observation.toSeq);
          return;
        case 'opened':
          opened.move(ownerOf(observation.deviceId), observation.conversationId, observation.seq);
          lastingRead.move(observation.deviceId, observation.conversationId, observation.seq);
          return;
        case 'stated': {
          const { deviceId, conversationId, deliveredSeq, readSeq } = observation;
          const kept = held.at(deviceId, conversationId);
          const seen = opened.at(ownerOf(deviceId), conversationId);
          const place = `${deviceId} stated ${conversationId}`;
          if (deliveredSeq > kept) complain(`${place} delivered to ${deliveredSeq}, but kept only to ${kept}`);
          if (readSeq > seen) complain(`${place} read to ${readSeq}, but opened only to ${seen}`);
          return;
        }
        case 'told': {
          const { deviceId, conversationId, userId, deliveredSeq, readSeq } = observation;
          const seen = opened.at(userId, conversationId);
          // Who read an entry has it on the screen, whether or not the disk has it yet.
          const has = Math.max(held.at(userId, conversationId), seen);
          const place = `${deviceId} was told that ${userId} in ${conversationId}`;
          if (deliveredSeq > has) complain(`${place} has ${deliveredSeq}, but no device holds more than ${has}`);
          if (readSeq > seen) complain(`${place} read ${readSeq}, but opened only ${seen}`);
          return;
        }
        case 'composed':
          shownIn.set(`${observation.deviceId} ${observation.clientMessageId}`, observation.conversationId);
          return;
        case 'message-state': {
          const { deviceId, clientMessageId, state } = observation;
          const key = `${deviceId} ${clientMessageId}`;
          const before = shown.get(key);
          if (before !== undefined && rank[state.name] < rank[before] && !changing.has(shownIn.get(key) ?? '')) {
            complain(`${deviceId} showed ${clientMessageId} as ${before} and then as ${state.name}`);
          }
          shown.set(key, state.name);
          return;
        }
        default:
      }
    },
    audit(_logs, complain, cursors) {
      for (const [conversationId, members] of cursors) {
        for (const { userId, deliveredSeq, readSeq } of members) {
          const place = `the store's cursor of ${userId} in ${conversationId}`;
          const [delivered, read] = [storedDelivered.at(userId, conversationId), storedRead.at(userId, conversationId)];
          if (deliveredSeq < delivered) complain(`${place} went back from delivered ${delivered} to ${deliveredSeq}`);
          if (readSeq < read) complain(`${place} went back from read ${read} to ${readSeq}`);
          storedDelivered.set(userId, conversationId, deliveredSeq);
          storedRead.set(userId, conversationId, readSeq);
        }
      }
    },
    outstanding(settled) {
      const bounds = (userId: string, conversationId: ConversationId) => {
        const own = settled.devices.filter((device) => device.userId === userId);
        return {
          readMin: Math.max(0, ...own.map((device) => lastingRead.at(device.deviceId, conversationId))),
          readMax: opened.at(userId, conversationId),
        };
      };
      return [...wrongCursors(settled, bounds), ...wrongStates(settled), ...wrongUnread(settled)];
    },
  };
}
