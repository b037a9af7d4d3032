import type { Conversation, Message } from '@hongyan/sdk';

/** What is older than this when it arrives is news no more: it is counted, and nothing rings. */
const NEWS_MAX_AGE_MS = 60_000;

export interface Circumstances {
  nowMs: number;
  /** Do not disturb, or quiet hours. */
  isQuiet: boolean;
  /** Somebody looks at the page. */
  isLooking: boolean;
  /** The conversation that is open on it. */
  openId: string | undefined;
}

/** What an arriving message does: nothing, a sound while one looks at something else here, or a notification as well. */
export type Alert = 'none' | 'sound' | 'notification';

export function alertFor(message: Message, conversation: Conversation | undefined, at: Circumstances): Alert {
  const { content, mine, mentionsMe, timeMs } = message;
  if (mine || conversation === undefined || at.isQuiet) return 'none';
  if (content.kind === 'created' || content.kind === 'change' || content.kind === 'erased') return 'none';
  if (conversation.notify === 'none' || (conversation.notify === 'mentions' && !mentionsMe)) return 'none';
  if (at.nowMs - timeMs > NEWS_MAX_AGE_MS) return 'none';
  if (!at.isLooking) return 'notification';
  return at.openId === message.conversationId ? 'none' : 'sound';
}
