import { HERE, type Store } from '@hongyan/core';
import { type Entry, EntryKind, NO_HEADER } from '@hongyan/protocol';
import type { EnginePort } from '@hongyan/sdk/engine/types';
import type { Message } from '@hongyan/sdk/types';
import { overriding } from './overriding.ts';

const logOf = (store: Store, changes: (log: Store['log']) => Partial<Store['log']>): Store =>
  overriding(store, { log: overriding(store.log, changes(store.log)) });

const shownBy = (engine: EnginePort, change: (message: Message) => Message): EnginePort =>
  overriding(engine, {
    timeline(conversationId) {
      const timeline = engine.timeline(conversationId);
      return timeline && { ...timeline, messages: timeline.messages.map(change) };
    },
  });

/** Reads pages for whoever asks, whatever a membership covers. */
export const readForEverybody = (store: Store): Store =>
  logOf(store, (log) => ({ read: (query) => log.read({ ...query, viewerId: undefined }) }));

/** Does not look whether the recipient takes what is written (PPL-3). */
export const ignoreBlocks = (store: Store): Store =>
  logOf(store, (log) => ({ append: (request) => log.append({ ...request, recipientId: undefined }) }));

/** Takes a recall for a reaction: it is in the log, and nothing is erased. */
export const recallNothing = (store: Store): Store =>
  logOf(store, (log) => ({
    append: (request) =>
      log.append(
        request.kind === EntryKind.RECALL ? { ...request, header: { ...NO_HEADER, targetSeq: HERE } } : request,
      ),
  }));

/** Never erases what has a lifetime. */
export const expireNever = (store: Store): Store => logOf(store, () => ({ expire: async () => 0 }));

/** Takes out of the store only what was recalled, and keeps what its edits said; or nothing at all. */
export const eraseOnScreenOnly = (engine: EnginePort): EnginePort =>
  overriding(engine, {
    handle: (event, at) =>
      engine
        .handle(event, at)
        .map((effect) => (effect.type === 'persist' ? { ...effect, batch: { ...effect.batch, erased: [] } } : effect)),
  });

/** Shows every reaction a second time. */
export const reactTwice = (engine: EnginePort): EnginePort =>
  shownBy(engine, (message) => ({
    ...message,
    reactions: message.reactions.map((each) => ({ ...each, userIds: [...each.userIds, ...each.userIds] })),
  }));

/** Counts the account's own mentions of all. */
export const countOwnMentions = (engine: EnginePort): EnginePort =>
  overriding(engine, {
    conversations: () => engine.conversations().map((item) => ({ ...item, mentionCount: item.unreadCount })),
  });

/** Shows messages as they were before their edits. */
export function showFirstText(engine: EnginePort): EnginePort {
  const first = new Map<string, Message['content']>();
  return shownBy(engine, (message) => {
    const known = first.get(message.id) ?? message.content;
    first.set(message.id, known);
    return message.erased ? message : { ...message, content: known };
  });
}

/** Does not show that somebody came or went. */
export const keepMemberCount = (engine: EnginePort): EnginePort =>
  overriding(engine, {
    conversations: () =>
      engine.conversations().map((item) => ({ ...item, memberCount: Math.max(item.memberCount, 2) })),
  });

export type { Entry };
