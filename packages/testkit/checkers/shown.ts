import { type Entry, EntryKind } from '@hongyan/protocol';
import type { Conversation, Message } from '@hongyan/sdk/types';
import type { Checker, DeviceView, Settled } from './checker.ts';
import { clearedSeq } from './cleared.ts';
import { isLine, isRecalled, mentions, saidAt } from './fold/message-fold.ts';
import { readableBy } from './fold/readable.ts';

/**
 * P3, as people see it: the list has every conversation in which something was said, the most recently active first and with
 * its last line; what is shown of an entry is what the log comes to (MSG-22): its text after edits, who reacts with what, and
 * whether it was erased, with the state it has now; times never go back.
 */
export function shownChecker(): Checker {
  return {
    promise: 'P3',
    outstanding: (settled) =>
      settled.devices.flatMap((device) => [...wrongList(device, settled), ...wrongTimelines(device, settled)]),
  };
}

function wrongList({ deviceId, userId, engine }: DeviceView, settled: Settled): string[] {
  const wrong: string[] = [];
  const list = engine.conversations();
  const listed = new Map<string, Conversation>(list.map((item) => [item.id, item]));
  for (const conversationId of settled.logs.keys()) {
    const log = readableBy(settled, conversationId, userId);
    if (log === undefined) continue;
    const isFormer = endOf(log) < endOf(settled.logs.get(conversationId));
    const last = log.findLast(isLine);
    const isCleared = (last?.seq ?? 0) <= clearedSeq(engine, conversationId);
    if (isCleared && listed.has(conversationId)) wrong.push(`${deviceId} lists ${conversationId}, which is cleared`);
    if (isCleared) continue;
    const shown = listed.get(conversationId)?.lastMessage;
    const difference =
      shown && last
        ? differenceOf({ ...shown, reactions: [] }, last, { userId, engine, log, isFormer }, 'in the list')
        : 'nothing';
    if (difference !== undefined)
      wrong.push(`${deviceId} lists ${conversationId} with ${difference} as its last message`);
  }
  if (list.some(({ activeAtMs }, at) => activeAtMs > (list[at - 1]?.activeAtMs ?? Number.POSITIVE_INFINITY))) {
    wrong.push(`${deviceId} does not list the most recently active conversation first`);
  }
  return wrong;
}

function wrongTimelines({ deviceId, userId, engine }: DeviceView, settled: Settled): string[] {
  const wrong: string[] = [];
  for (const conversationId of settled.logs.keys()) {
    const log = readableBy(settled, conversationId, userId) ?? [];
    const isFormer = endOf(log) < endOf(settled.logs.get(conversationId));
    const messages = engine.timeline(conversationId)?.messages ?? [];
    const where = `${deviceId} shows in ${conversationId}`;
    for (const [at, message] of messages.entries()) {
      const entry = log[(message.seq ?? 0) - (log[0]?.seq ?? 1)];
      const difference = entry && differenceOf(message, entry, { userId, engine, log, isFormer }, 'in its place');
      if (difference !== undefined) wrong.push(`${where} ${difference}`);
      const before = messages[at - 1];
      if (before !== undefined && before.timeMs > message.timeMs) wrong.push(`${where} ${message.id} before its time`);
    }
  }
  return wrong;
}

/** Names the message as it is shown where that is not what the log has. */
function differenceOf(
  message: Message,
  entry: Entry,
  { userId, engine, log, isFormer }: Reader,
  where: 'in its place' | 'in the list',
): string | undefined {
  const { conversationId, clientMessageId, seq, senderId } = entry;
  const mine = senderId === userId;
  const state = mine ? engine.messageState({ conversationId, clientMessageId, seq })?.name : 'received';
  const asShown = [message.id, message.seq, message.senderId, message.clientTimeMs, message.serverTimeMs, message.mine];
  const due = [clientMessageId, seq, senderId, entry.clientTimeMs, entry.serverTimeMs, mine];
  if (asShown.join() !== due.join() || message.state.name !== state) {
    return `${message.id} (${message.seq}, ${message.state.name}), not ${clientMessageId} (${seq}, ${state})`;
  }
  if (message.changing) return `${message.id} (${message.seq}) with a change that is on its way`;
  // Whose time is over is erased by everybody's own clock (erasure.ts), and who left hears of no recall behind that.
  const isTold = !isFormer && isRecalled(log, entry);
  if (entry.kind !== EntryKind.MESSAGE || (entry.body.length === 0 && !isTold)) return undefined;
  if (message.erased && (entry.header?.lifetimeMs ?? 0) > 0) return undefined;
  const said = saidAt(log, entry);
  // The list shows the last line without them.
  const reactions = where === 'in the list' ? [] : said.reactions;
  const dueSaid = [said.text, said.erased, reactions, said.replyToSeq, mentions(said, userId)];
  const [shown, expected] = [saidIn(message), dueSaid].map((each) => JSON.stringify(each));
  return shown === expected ? undefined : `${message.id} (${message.seq}) as ${shown}, not ${expected}`;
}

const endOf = (log: readonly Entry[] = []): number => log.at(-1)?.seq ?? 0;

/** Who looks at what. */
interface Reader extends Pick<DeviceView, 'userId' | 'engine'> {
  log: readonly Entry[];
  isFormer: boolean;
}

const saidIn = ({ content, erased, reactions, replyTo, mentionsMe }: Message): unknown[] => [
  content.kind === 'text' ? content.text : '',
  erased,
  reactions.flatMap(({ emoji, userIds }) => userIds.map((userId) => `${emoji} ${userId}`)).sort(),
  replyTo?.seq ?? 0,
  mentionsMe,
];
