import type { ConversationId, UserId } from '@hongyan/protocol';
import type { EngineEffect, EngineEvent, EnginePort } from '@hongyan/sdk/engine/types';
import { overriding } from './overriding.ts';

type Change = (effects: EngineEffect[], event: EngineEvent) => EngineEffect[];

/** The same engine, but for what `change` makes of its effects and what `queries` replace. */
const altered = (engine: EnginePort, change: Change, queries: Partial<EnginePort> = {}): EnginePort =>
  overriding(engine, { handle: (event, at) => change(engine.handle(event, at), event), ...queries });

const unchanged: Change = (effects) => effects;

const pushedEntries = (event: EngineEvent) =>
  event.type !== 'framesReceived'
    ? []
    : event.frames.flatMap(({ frame }) => (frame?.value.body?.case === 'entry' ? [frame.value.body.value] : []));

/** States entries as delivered or read on arrival, before they are kept or seen. */
const stateOnArrival = (field: 'deliveredSeq' | 'readSeq') => (engine: EnginePort) =>
  altered(engine, (effects, event) => {
    if (event.type !== 'framesReceived') return effects;
    const { connectionId } = event;
    const commands = pushedEntries(event).map(({ conversationId, seq }) => ({
      id: 0,
      body: { case: 'advanceCursor', value: { conversationId, deliveredSeq: 0, readSeq: 0, [field]: seq } } as const,
    }));
    return commands.length === 0 ? effects : [...effects, { type: 'send', connectionId, commands }];
  });

export const stateDeliveredOnArrival = stateOnArrival('deliveredSeq');
export const stateReadOnArrival = stateOnArrival('readSeq');

/** Keeps the newest of several entries and claims them all. */
export const ignoreGaps = (engine: EnginePort): EnginePort =>
  altered(engine, (effects) =>
    effects.map((effect) =>
      effect.type === 'persist'
        ? { ...effect, batch: { ...effect.batch, entries: effect.batch.entries.slice(-1) } }
        : effect,
    ),
  );

/** Takes a message out of the outbox as soon as it was handed to the network. */
export function forgetWhenHandedOver(engine: EnginePort): EnginePort {
  const handedOver = new Set<string>();
  return altered(engine, (effects) =>
    effects.map((effect) => {
      if (effect.type === 'send') {
        for (const { body } of effect.commands)
          if (body?.case === 'sendMessage') handedOver.add(body.value.clientMessageId);
      }
      if (effect.type !== 'persist') return effect;
      return { ...effect, batch: { ...effect.batch, outboxRemove: [...effect.batch.outboxRemove, ...handedOver] } };
    }),
  );
}

/** Tells the application of every message twice. */
export const announceTwice = (engine: EnginePort): EnginePort =>
  altered(engine, (effects) =>
    effects.flatMap((effect) =>
      effect.type === 'emit' && effect.notice.type === 'message' ? [effect, effect] : [effect],
    ),
  );

/** Counts everybody's messages as unread. */
export function countOwnAsUnread(engine: EnginePort): EnginePort {
  let userId: UserId | undefined;
  const own = new Map<ConversationId, number>();
  const watch: Change = (effects, event) => {
    if (event.type === 'signedIn') userId = event.account.userId;
    for (const effect of effects) {
      if (effect.type !== 'persist') continue;
      for (const { conversationId, senderId } of effect.batch.entries) {
        if (senderId === userId) own.set(conversationId, (own.get(conversationId) ?? 0) + 1);
      }
    }
    return effects;
  };
  return altered(engine, watch, {
    conversations: () =>
      engine.conversations().map((item) => ({ ...item, unreadCount: item.unreadCount + (own.get(item.id) ?? 0) })),
  });
}

/** Shows no more than `sent` once something was read. */
export const forgetReceipts = (engine: EnginePort): EnginePort =>
  altered(engine, unchanged, {
    messageState(message) {
      const state = engine.messageState(message);
      return state?.name === 'read' ? { name: 'sent' } : state;
    },
  });
