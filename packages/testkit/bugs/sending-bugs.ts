import { type Command, ErrorCode, errorClass, type ServerFrame } from '@hongyan/protocol';
import type { EngineEffect, EngineEvent, EnginePort } from '@hongyan/sdk/engine/types';
import { overriding } from './overriding.ts';

/** Changes the id of a message that is sent again. */
const resending = (idOfRetry: (clientMessageId: string, retry: number) => string) => (engine: EnginePort) => {
  const sent = new Map<string, number>();
  const rename = (command: Command): Command => {
    const { body } = command;
    if (body?.case !== 'sendMessage') return command;
    const { clientMessageId } = body.value;
    const retry = sent.get(clientMessageId) ?? 0;
    sent.set(clientMessageId, retry + 1);
    if (retry === 0) return command;
    return {
      ...command,
      body: { ...body, value: { ...body.value, clientMessageId: idOfRetry(clientMessageId, retry) } },
    };
  };
  const change = (effect: EngineEffect): EngineEffect =>
    effect.type === 'send' ? { ...effect, commands: effect.commands.map(rename) } : effect;
  return overriding(engine, { handle: (event, at) => engine.handle(event, at).map(change) });
};

export const resendWithNewId = resending((id, retry) => `${id}.${retry}`);
export const resendWithoutId = resending(() => '');

/** Tries for ever what failed, and does not ask. */
export const tryForEver = (engine: EnginePort): EnginePort =>
  overriding(engine, {
    handle(event, at) {
      const effects = engine.handle(event, at);
      for (const { clientMessageId, state } of engine.outbox()) {
        if (state.name === 'failed') effects.push(...engine.handle({ type: 'messageRetried', clientMessageId }, at));
      }
      return effects;
    },
  });

/** Puts a message that was refused for now behind those written after it. */
export function sendRefusedLast(engine: EnginePort): EnginePort {
  const underWay = new Map<number, string>();
  const forGood = (frame: ServerFrame): ServerFrame => {
    const reply = frame.frame?.case === 'reply' ? frame.frame.value : undefined;
    if (reply?.body?.case !== 'error' || !underWay.has(reply.id)) return frame;
    const value = { ...reply.body.value, code: ErrorCode.INVALID_ARGUMENT };
    return { frame: { case: 'reply', value: { id: reply.id, body: { case: 'error', value } } } };
  };
  const refused = (event: EngineEvent): string[] =>
    event.type !== 'framesReceived'
      ? []
      : event.frames.flatMap(({ frame }) => {
          const body = frame?.case === 'reply' ? frame.value.body : undefined;
          const isLater = body?.case === 'error' && errorClass(body.value.code) === 'later';
          return isLater && frame?.case === 'reply' ? (underWay.get(frame.value.id) ?? []) : [];
        });
  const note = (effects: EngineEffect[]) => {
    for (const effect of effects) {
      if (effect.type !== 'send') continue;
      for (const { id, body } of effect.commands) {
        if (body?.case === 'sendMessage') underWay.set(id, body.value.clientMessageId);
      }
    }
    return effects;
  };
  return overriding(engine, {
    handle(event, at) {
      const again = refused(event);
      const told = event.type === 'framesReceived' ? { ...event, frames: event.frames.map(forGood) } : event;
      const effects = note(engine.handle(told, at));
      for (const clientMessageId of again) {
        effects.push(...note(engine.handle({ type: 'messageRetried', clientMessageId }, at)));
      }
      return effects;
    },
  });
}
