import type { Replica } from './replica.ts';
import type { EngineEvent } from './types.ts';

/** What the application does, and what the store answers to it. */
export type UseEvent = Extract<
  EngineEvent,
  { type: `message${string}` | 'conversationRead' | `timeline${string}` | 'olderRequested' | `entriesRead${string}` }
>;

export function takeUse(replica: Replica, event: UseEvent, now: { nowMs: number; online: boolean }): void {
  switch (event.type) {
    case 'messageComposed': {
      const { clientMessageId, conversationId, body } = event;
      replica.compose({ clientMessageId, conversationId, clientTimeMs: now.nowMs, body });
      return;
    }
    case 'messageRetried':
      replica.keepOutbox(replica.outbox.retry(event.clientMessageId));
      return;
    case 'messageDiscarded':
      replica.discard(event.clientMessageId);
      return;
    case 'conversationRead':
      replica.read(event.conversationId);
      return;
    case 'timelineOpened':
      replica.windows.open(event.conversationId);
      return;
    case 'timelineClosed':
      replica.windows.close(event.conversationId);
      return;
    case 'olderRequested':
      replica.windows.requestOlder({ ...event, online: now.online });
      return;
    case 'entriesRead':
      replica.windows.storeAnswered(event.conversationId, event.entries);
      return;
    case 'entriesReadFailed':
      replica.windows.storeFailed(event.conversationId, event.reason);
      return;
  }
}
