import type { DeviceId } from '@hongyan/protocol';
import type { Checker, OwnerOf } from './checker.ts';
import { isMessage } from './fold/message-fold.ts';
import { readableBy } from './fold/readable.ts';

/**
 * P4: a device takes entries oldest first and tells the application of each once, in that order; in the end every device
 * of every member holds the end of every log, and the same entries as the log.
 */
export function nothingMissedChecker(ownerOf: OwnerOf): Checker {
  /** The last seq the application was told of, by device (in its present life) and conversation. */
  const announced = new Map<DeviceId, Map<string, number>>();
  const composed = new Set<string>();
  const heldTo = new Map<string, number>();
  const announcedTo = (deviceId: DeviceId, conversationId: string) => announced.get(deviceId)?.get(conversationId) ?? 0;
  return {
    promise: 'P4',
    observe(observation, complain) {
      switch (observation.kind) {
        case 'device-started':
          announced.set(observation.deviceId, new Map());
          return;
        case 'composed':
          composed.add(`${observation.storeId ?? observation.deviceId} ${observation.clientMessageId}`);
          return;
        case 'announced': {
          const { deviceId, message } = observation;
          const last = announcedTo(deviceId, message.conversationId);
          const seq = message.seq ?? 0;
          if (seq <= last) complain(`${deviceId} announced ${message.conversationId}/${seq} after ${last}`);
          announced.get(deviceId)?.set(message.conversationId, seq);
          return;
        }
        case 'held': {
          const { conversationId, entries, generation = 0 } = observation;
          const deviceId = observation.tabId ?? observation.deviceId;
          const where = `${deviceId} ${conversationId} ${generation}`;
          const before = heldTo.get(where) ?? 0;
          heldTo.set(where, entries.at(-1)?.seq ?? before);
          // The first page of a conversation is history, not news.
          if (before === 0) return;
          // Nor is, beyond a gap that is not filled, what the person wrote or read elsewhere (SYN-21).
          const isBeyondGap = (entries[0]?.seq ?? observation.fromSeq) > before + 1;
          for (const entry of entries) {
            const isOld = entry.senderId === ownerOf(deviceId) || entry.seq <= observation.readSeq;
            if (isBeyondGap && isOld) continue;
            const isNews =
              entry.seq > before &&
              isMessage(entry) &&
              !composed.has(`${observation.deviceId} ${entry.clientMessageId}`);
            if (isNews && announcedTo(deviceId, conversationId) < entry.seq) {
              complain(`${deviceId} took ${conversationId}/${entry.seq} and never announced it`);
            }
          }
          return;
        }
        default:
      }
    },
    outstanding(settled) {
      const missing: string[] = [];
      for (const conversationId of settled.logs.keys()) {
        for (const device of settled.devices) {
          const log = readableBy(settled, conversationId, ownerOf(device.deviceId));
          if (log === undefined) continue;
          const due = log.at(-1)?.seq ?? 0;
          const entries = device.held(conversationId);
          const end = entries.at(-1)?.seq ?? 0;
          const isRun = entries.every((entry, index) => entry.seq === (entries[0]?.seq ?? 0) + index);
          if (end !== due) missing.push(`${device.deviceId} holds ${conversationId} to ${end} of ${due}`);
          if (!isRun) missing.push(`${device.deviceId} holds ${conversationId} with holes`);
        }
      }
      return missing;
    },
  };
}
