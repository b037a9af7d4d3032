import type { Message } from '@hongyan/sdk';
import { offered } from '../actions/offered.ts';
import type { Writing } from '../actions/useActions.ts';

/** To edit the newest of one's own messages that can be edited. */
export function lastEditable(messages: readonly Message[], nowMs: number): Writing | undefined {
  const message = messages.findLast((candidate) => offered(candidate, undefined, nowMs).edit);
  return message?.content.kind === 'text' ? { kind: 'edit', message, text: message.content.text } : undefined;
}
