import type { Replica } from './replica.ts';
import type { EngineEvent } from './types.ts';

/** What the application does, and what the store answers to it. */
export type UseEvent = Extract<
  EngineEvent,
  {
    type:
      | `message${string}`
      | `conversation${string}`
      | `outbox${string}`
      | 'recordSet'
      | `timeline${string}`
      | 'changeComposed'
      | 'olderRequested'
      | 'newerRequested'
      | `entriesRead${string}`;
  }
>;

/** `now.nowMs` is the server's time as the device estimates it. */
export function takeUse(replica: Replica, event: UseEvent, now: { nowMs: number; online: boolean }): void {
  switch (event.type) {
    case 'messageComposed': {
      const { type: _, ...message } = event;
      replica.own.compose({ ...message, clientTimeMs: replica.clientTime(event.conversationId, now.nowMs) });
      return;
    }
    case 'changeComposed': {
      const { type: _, ...change } = event;
      replica.own.change({ ...change, clientTimeMs: replica.clientTime(event.conversationId, now.nowMs) });
      return;
    }
    case 'messageRetried':
      replica.retry(event.clientMessageId, now.nowMs);
      return;
    case 'messageDiscarded':
      replica.own.discard(event.clientMessageId);
      return;
    case 'outboxLeadership':
      replica.own.lead(event.leads);
      return;
    case 'outboxStored':
      replica.own.merge(event.records);
      return;
    case 'outboxShared':
      replica.own.changedElsewhere(event.change);
      return;
    case 'conversationRead':
      replica.read(event.conversationId, now.nowMs);
      return;
    case 'conversationMarkedUnread':
      replica.markUnread(event.conversationId, now.nowMs);
      return;
    case 'recordSet':
      replica.records.set(event.key, event.value, now.nowMs);
      return;
    case 'conversationCleared':
      replica.clear(event.conversationId, now.nowMs);
      return;
    case 'conversationRestored':
      replica.records.restore(event.conversationId, now.nowMs);
      return;
    case 'timelineOpened': {
      const { placeSeq = 0, ...name } = event;
      replica.windows.open({ ...name, placeSeq });
      return;
    }
    case 'timelineClosed':
      replica.windows.close(event);
      return;
    case 'olderRequested':
    case 'newerRequested': {
      const direction = event.type === 'olderRequested' ? 'older' : 'newer';
      replica.windows.request({ ...event, direction, online: now.online });
      return;
    }
    case 'entriesRead':
      replica.windows.storeAnswered(event, event.entries, event.changes ?? []);
      return;
    case 'entriesReadFailed':
      replica.windows.storeFailed(event, event.reason);
      return;
  }
}
