import type { DeviceId } from '@hongyan/protocol';
import type { Checker, Settled } from './checker.ts';
import { clearedSeq } from './cleared.ts';
import { isLine } from './fold/message-fold.ts';
import { readableBy } from './fold/readable.ts';

/** LIVENESS: who asks for older messages is answered, once: with them, or with why not. */
export function historyChecker(): Checker {
  const asked = new Map<DeviceId, Set<number>>();
  return {
    promise: 'LIVENESS',
    observe(observation, complain) {
      switch (observation.kind) {
        case 'device-started':
          asked.set(observation.deviceId, new Set());
          return;
        case 'device-crashed':
          asked.delete(observation.deviceId);
          return;
        case 'older-requested':
          asked.get(observation.deviceId)?.add(observation.requestId);
          return;
        case 'older-answered': {
          const { deviceId, requestId } = observation;
          if (asked.get(deviceId)?.delete(requestId) !== true) complain(`${deviceId} was answered ${requestId} twice`);
          return;
        }
        default:
      }
    },
    outstanding: () =>
      [...asked].flatMap(([deviceId, ids]) => [...ids].map((id) => `${deviceId} waits for older messages (${id})`)),
  };
}

/** P4: what a person who scrolls back to the beginning does not see, on devices whose timelines are open. */
export function unseenHistory(settled: Settled): string[] {
  const unseen: string[] = [];
  for (const conversationId of settled.logs.keys()) {
    for (const { deviceId, userId, engine } of settled.devices) {
      const log = readableBy(settled, conversationId, userId)?.filter(isLine);
      if (log === undefined) continue;
      const cleared = clearedSeq(engine, conversationId);
      const shown = new Set(engine.timeline(conversationId)?.messages.map(({ seq }) => seq));
      const missing = log.filter(({ seq }) => seq > cleared && !shown.has(seq)).map(({ seq }) => seq);
      if ([...shown].some((seq) => seq !== undefined && seq <= cleared))
        unseen.push(`${deviceId} shows what was cleared`);
      if (missing.length > 0) unseen.push(`${deviceId} cannot scroll back to ${conversationId}/${missing.join()}`);
    }
  }
  return unseen;
}
