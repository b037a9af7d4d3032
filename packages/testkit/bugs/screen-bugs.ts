import { NO_HOLDINGS } from '@hongyan/protocol';
import type { EngineEffect, EnginePort } from '@hongyan/sdk/engine/types';
import type { Message } from '@hongyan/sdk/types';
import { overriding } from './overriding.ts';

/** Shows a message as it was when it was shown first: its ticks stay. */
export function keepFirstTicks(engine: EnginePort): EnginePort {
  const shown = new Map<string, Message>();
  const first = (message: Message): Message => {
    const known = shown.get(message.id) ?? message;
    if (message.seq !== undefined) shown.set(message.id, known);
    return known;
  };
  return overriding(engine, {
    timeline(conversationId) {
      const timeline = engine.timeline(conversationId);
      return timeline && { ...timeline, messages: timeline.messages.map(first) };
    },
  });
}

const withEffects = (engine: EnginePort, change: (effect: EngineEffect) => EngineEffect[]): EnginePort =>
  overriding(engine, { handle: (event, at) => engine.handle(event, at).flatMap(change) });

/** Loads older messages and does not say so. */
export const loadOlderSilently = (engine: EnginePort): EnginePort =>
  withEffects(engine, (effect) => (effect.type === 'emit' && effect.notice.type === 'olderLoaded' ? [] : [effect]));

/** Keeps entries, and not who has read them. */
export const forgetCursorsInStore = (engine: EnginePort): EnginePort =>
  withEffects(engine, (effect) => {
    if (effect.type !== 'persist') return [effect];
    const conversations = effect.batch.conversations.map((record) => ({ ...record, cursors: [] }));
    return [{ ...effect, batch: { ...effect.batch, conversations } }];
  });

/** Does not say what it holds, and so is told all of it at every sign-in. */
export const stateNothing = (engine: EnginePort): EnginePort =>
  withEffects(engine, (effect) => {
    if (effect.type !== 'send') return [effect];
    const commands = effect.commands.map(({ id, body }) =>
      body?.case === 'hello'
        ? { id, body: { ...body, value: { ...body.value, holdings: NO_HOLDINGS } } }
        : { id, body },
    );
    return [{ ...effect, commands }];
  });
