import type { EntryHeader } from './gen/hongyan.ts';
import type { UserId } from './ids.ts';

const TOKEN = /<@(all|u[0-9a-hjkmnp-tv-z]{16})>/g;

/** How a text mentions an account, or all members. */
export const mentionToken = (userId: UserId | 'all'): string => `<@${userId}>`;

/** Whom a text mentions, each once, in the order of the first mention. */
export function mentionsIn(text: string): Pick<EntryHeader, 'mentionedIds' | 'mentionsAll'> {
  const ids = new Set(Array.from(text.matchAll(TOKEN), ([, id]) => id ?? ''));
  const mentionsAll = ids.delete('all');
  return { mentionedIds: [...ids], mentionsAll };
}
