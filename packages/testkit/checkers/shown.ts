import { decodeContent, type Entry, parseConversationId } from '@hongyan/protocol';
import type { Conversation, Message } from '@hongyan/sdk/types';
import type { Checker, DeviceView, Logs } from './checker.ts';
import { clearedSeq } from './cleared.ts';

/**
 * P3, as people see it: the list has every conversation in which something was said, the most recently active first and with
 * its last message; what is shown of an entry is what the log has, with the state it has now; times never go back.
 */
export function shownChecker(): Checker {
  return {
    promise: 'P3',
    outstanding: ({ logs, devices }) =>
      devices.flatMap((device) => [...wrongList(device, logs), ...wrongTimelines(device, logs)]),
  };
}

function wrongList({ deviceId, userId, engine }: DeviceView, logs: Logs): string[] {
  const wrong: string[] = [];
  const list = engine.conversations();
  const listed = new Map<string, Conversation>(list.map((item) => [item.id, item]));
  for (const [conversationId, log] of logs) {
    if (!isMember(conversationId, userId)) continue;
    const last = log.at(-1);
    const isCleared = log.length <= clearedSeq(engine, conversationId);
    if (isCleared && listed.has(conversationId)) wrong.push(`${deviceId} lists ${conversationId}, which is cleared`);
    if (isCleared) continue;
    const shown = listed.get(conversationId)?.lastMessage;
    const difference = shown && last ? differenceOf(shown, last, { userId, engine }) : 'nothing';
    if (difference !== undefined)
      wrong.push(`${deviceId} lists ${conversationId} with ${difference} as its last message`);
  }
  if (list.some(({ activeAtMs }, at) => activeAtMs > (list[at - 1]?.activeAtMs ?? Number.POSITIVE_INFINITY))) {
    wrong.push(`${deviceId} does not list the most recently active conversation first`);
  }
  return wrong;
}

function wrongTimelines({ deviceId, userId, engine }: DeviceView, logs: Logs): string[] {
  const wrong: string[] = [];
  for (const [conversationId, log] of logs) {
    const messages = engine.timeline(conversationId)?.messages ?? [];
    const where = `${deviceId} shows in ${conversationId}`;
    for (const [at, message] of messages.entries()) {
      const entry = log[(message.seq ?? 0) - 1];
      const difference = entry && differenceOf(message, entry, { userId, engine });
      if (difference !== undefined) wrong.push(`${where} ${difference}`);
      const before = messages[at - 1];
      if (before !== undefined && before.timeMs > message.timeMs) wrong.push(`${where} ${message.id} before its time`);
    }
  }
  return wrong;
}

const isMember = (conversationId: string, userId: string): boolean =>
  (parseConversationId(conversationId)?.members as readonly string[] | undefined)?.includes(userId) ?? false;

/** Names the message as it is shown where that is not what the log has. */
function differenceOf(
  message: Message,
  entry: Entry,
  { userId, engine }: Pick<DeviceView, 'userId' | 'engine'>,
): string | undefined {
  const { conversationId, clientMessageId, seq, senderId } = entry;
  const mine = senderId === userId;
  const state = mine ? engine.messageState({ conversationId, clientMessageId, seq })?.name : 'received';
  const asShown = [message.id, message.seq, message.senderId, message.clientTimeMs, message.serverTimeMs, message.mine];
  const due = [clientMessageId, seq, senderId, entry.clientTimeMs, entry.serverTimeMs, mine];
  const text = message.content.kind === 'text' ? message.content.text : '';
  if (asShown.join() === due.join() && message.state.name === state && text === textOf(entry)) return undefined;
  return `${message.id} (${message.seq}, ${message.state.name}), not ${clientMessageId} (${seq}, ${state})`;
}

function textOf({ body }: Entry): string {
  try {
    const { kind } = decodeContent(body);
    return kind?.case === 'text' ? kind.value.text : '';
  } catch {
    return '';
  }
}
