import type { DeviceId } from '@hongyan/protocol';
import { displayOrder, REORDER_SPAN } from '@hongyan/sdk/engine/order';
import type { Message } from '@hongyan/sdk/types';
import type { Checker } from './checker.ts';
import { clearedSeq } from './cleared.ts';
import { isLine } from './fold/message-fold.ts';
import { readableBy } from './fold/readable.ts';

interface Written {
  deviceId: DeviceId;
  /** Of all that was written anywhere. */
  order: number;
}

/**
 * P3, as it is seen: devices show the end of the one display order of what they hold (D4), and what was written on one
 * device as it was written there. What failed and was tried again was written anew.
 */
export function displayOrderChecker(): Checker {
  const written = new Map<string, Written>();
  /** In no store yet: a crash makes their device forget that it wrote them. */
  const unkept = new Map<string, string>();
  let count = 0;
  return {
    promise: 'P3',
    observe(observation) {
      switch (observation.kind) {
        case 'composed':
          written.set(observation.clientMessageId, { deviceId: observation.deviceId, order: ++count });
          unkept.set(observation.clientMessageId, observation.deviceId);
          return;
        case 'outbox-kept':
          unkept.delete(observation.clientMessageId);
          return;
        case 'held':
          for (const { clientMessageId } of observation.entries) {
            if (unkept.get(clientMessageId) === (observation.tabId ?? observation.deviceId))
              unkept.delete(clientMessageId);
          }
          return;
        case 'tried-again':
          written.delete(observation.clientMessageId);
          return;
        case 'device-crashed':
          for (const [clientMessageId, deviceId] of unkept) {
            if (deviceId === observation.deviceId) written.delete(clientMessageId);
          }
          return;
        default:
      }
    },
    outstanding(settled) {
      const wrong: string[] = [];
      for (const conversationId of settled.logs.keys()) {
        for (const device of settled.devices) {
          const { deviceId, userId, engine } = device;
          const log = readableBy(settled, conversationId, userId);
          if (log === undefined) continue;
          const shown = engine.timeline(conversationId)?.messages.filter(({ seq }) => seq !== undefined) ?? [];
          const where = `${deviceId} shows in ${conversationId}`;
          const order = shown.map(({ seq }) => seq);
          const [first] = device.held(conversationId);
          const fromSeq = engine.position?.(conversationId)?.fromSeq ?? first?.seq ?? 0;
          const held = log.filter(({ seq }) => seq >= fromSeq);
          const cleared = clearedSeq(engine, conversationId);
          const visible = displayOrder(held).filter((entry) => entry.seq > cleared && isLine(entry));
          const due = visible.slice(visible.length - order.length).map(({ seq }) => seq);
          if (due.some((seq, index) => seq !== order[index])) wrong.push(`${where} ${order}, not ${due}`);
          wrong.push(...disorder(shown, written).map((what) => `${where} ${what}`));
        }
      }
      return wrong;
    },
  };
}

/** Neighbours of one device that stand the wrong way round, though they are near enough in the log to be set right. */
function disorder(shown: readonly Message[], written: ReadonlyMap<string, Written>): string[] {
  const last = new Map<string, Written & { message: Message }>();
  const wrong: string[] = [];
  for (const message of shown) {
    const own = written.get(message.id);
    if (own === undefined) continue;
    const before = last.get(own.deviceId);
    last.set(own.deviceId, { ...own, message });
    if (before === undefined || before.order < own.order) continue;
    const isFar = Math.abs((before.message.seq ?? 0) - (message.seq ?? 0)) > REORDER_SPAN;
    if (!isFar) wrong.push(`${message.id} behind ${before.message.id}`);
  }
  return wrong;
}
