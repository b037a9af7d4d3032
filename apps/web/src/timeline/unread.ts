import type { Message } from '@hongyan/sdk';

export type FirstUnread =
  | { kind: 'none' }
  | { kind: 'found'; id: string }
  /** The window does not reach back so far: `missing` more of the others' messages are unread. */
  | { kind: 'above'; missing: number };

/** Whether it is among the unread (RCP-5): said by somebody else, and still there. */
function counts({ mine, erased, content }: Message): boolean {
  return !mine && !erased && content.kind !== 'created' && content.kind !== 'change';
}

/** Finds where the newest `unreadCount` messages of others begin. */
export function firstUnread(messages: readonly Message[], unreadCount: number): FirstUnread {
  if (unreadCount <= 0) return { kind: 'none' };
  let missing = unreadCount;
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = messages[at];
    if (message === undefined || !counts(message)) continue;
    missing--;
    if (missing === 0) return { kind: 'found', id: message.id };
  }
  return { kind: 'above', missing };
}

/** The others' messages behind `lastSeenId`, oldest first. */
export function arrivedAfter(messages: readonly Message[], lastSeenId: string | undefined): Message[] {
  const at = messages.findLastIndex(({ id }) => id === lastSeenId);
  return messages.slice(at + 1).filter(counts);
}
