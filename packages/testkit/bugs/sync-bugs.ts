import type { ConversationId, Entry, ServerFrame } from '@hongyan/protocol';
import type { EngineEffect, EngineEvent, EnginePort } from '@hongyan/sdk/engine/types';
import { overriding } from './overriding.ts';

/** The same engine, which hears other frames than were said. */
const hearing = (engine: EnginePort, change: (frame: ServerFrame) => readonly ServerFrame[]): EnginePort =>
  overriding(engine, {
    handle: (event, at) =>
      engine.handle(event.type === 'framesReceived' ? { ...event, frames: event.frames.flatMap(change) } : event, at),
  });

const withEntry = (value: Entry): ServerFrame => ({
  frame: { case: 'push', value: { body: { case: 'entry', value } } },
});

const pushOf = ({ frame }: ServerFrame) => (frame?.case === 'push' ? frame.value.body : undefined);

/** Puts a pushed entry behind what is held, wherever its place is. */
export const applyAnywhere = (engine: EnginePort): EnginePort =>
  hearing(engine, (frame) => {
    const push = pushOf(frame);
    if (push?.case !== 'entry') return [frame];
    const next = (engine.position(push.value.conversationId)?.toSeq ?? 0) + 1;
    return [push.value.seq > next ? withEntry({ ...push.value, seq: next }) : frame];
  });

/** Does not say which positions are wanted. */
export const ignoreWantedPositions = (engine: EnginePort): EnginePort =>
  hearing(engine, (frame) => (pushOf(frame)?.case === 'positionsWanted' ? [] : [frame]));

/** Learns of cursors by receipts alone, not from what a comparison brings. */
export const ignoreComparedCursors = (engine: EnginePort): EnginePort =>
  hearing(engine, (frame) => {
    const push = pushOf(frame);
    if (push?.case !== 'conversationUpdate' || push.value.state === undefined) return [frame];
    const value = { ...push.value, state: { ...push.value.state, cursors: [] } };
    return [{ frame: { case: 'push', value: { body: { case: 'conversationUpdate', value } } } }];
  });

/** Takes the receipt that came last for the truth. */
export function believeLastReceipt(engine: EnginePort): EnginePort {
  const last = new Map<ConversationId, { deliveredSeq: number; readSeq: number }>();
  const note = (event: EngineEvent) => {
    if (event.type !== 'framesReceived') return;
    for (const frame of event.frames) {
      const push = pushOf(frame);
      if (push?.case === 'receipt') last.set(push.value.conversationId, push.value);
    }
  };
  return overriding(engine, {
    handle(event, at) {
      note(event);
      return engine.handle(event, at);
    },
    messageState(message) {
      const state = engine.messageState(message);
      const receipt = last.get(message.conversationId);
      if (receipt === undefined || message.seq === undefined || state?.name !== 'read') return state;
      if (receipt.readSeq >= message.seq) return state;
      return { name: receipt.deliveredSeq >= message.seq ? 'delivered' : 'sent' };
    },
  });
}

/** Keeps a position now, and the entries it claims with whatever is written next. */
export function keepPositionsFirst(engine: EnginePort): EnginePort {
  let late: readonly Entry[] = [];
  const change = (effect: EngineEffect): EngineEffect => {
    if (effect.type !== 'persist') return effect;
    const entries = late;
    late = effect.batch.entries;
    return { ...effect, batch: { ...effect.batch, entries } };
  };
  return overriding(engine, { handle: (event, at) => engine.handle(event, at).map(change) });
}

/** Counts unread up when a message comes and down when the conversation is opened. */
export function countUpAndDown(engine: EnginePort): EnginePort {
  const counts = new Map<ConversationId, number>();
  return overriding(engine, {
    handle(event, at) {
      const effects = engine.handle(event, at);
      if (event.type === 'conversationRead') counts.delete(event.conversationId);
      for (const effect of effects) {
        if (effect.type !== 'emit' || effect.notice.type !== 'message' || effect.notice.message.mine) continue;
        const { conversationId } = effect.notice.message;
        counts.set(conversationId, (counts.get(conversationId) ?? 0) + 1);
      }
      return effects;
    },
    conversations: () => engine.conversations().map((item) => ({ ...item, unreadCount: counts.get(item.id) ?? 0 })),
  });
}

/** Shows messages by when their writers say they were written. */
export const showByClientTime = (engine: EnginePort): EnginePort =>
  overriding(engine, {
    timeline(conversationId) {
      const timeline = engine.timeline(conversationId);
      return (
        timeline && { ...timeline, messages: timeline.messages.toSorted((a, b) => a.clientTimeMs - b.clientTimeMs) }
      );
    },
  });
