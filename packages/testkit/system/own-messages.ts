import type { ConversationId, DeviceId } from '@hongyan/protocol';
import type { EngineQueries } from '@hongyan/sdk/engine/types';
import type { Observation } from '../observation.ts';

/** The states a person sees beside the messages they wrote on this device in this life of its program. */
export class OwnMessages {
  readonly #deviceId: DeviceId;
  readonly #engine: EngineQueries;
  readonly #observe: (observation: Observation) => void;
  readonly #messages = new Map<string, { conversationId: ConversationId; seq: number | undefined; shown: string }>();

  constructor(deviceId: DeviceId, engine: EngineQueries, observe: (observation: Observation) => void) {
    this.#deviceId = deviceId;
    this.#engine = engine;
    this.#observe = observe;
  }

  composed(conversationId: ConversationId, clientMessageId: string): void {
    this.#messages.set(clientMessageId, { conversationId, seq: undefined, shown: '' });
  }

  sent(clientMessageId: string, seq: number): void {
    const message = this.#messages.get(clientMessageId);
    if (message !== undefined) message.seq = seq;
  }

  /** Something in the conversation changed: looks at the states again. */
  look(conversationId: ConversationId): void {
    for (const [clientMessageId, message] of this.#messages) {
      if (message.conversationId !== conversationId) continue;
      const state = this.#engine.messageState({ conversationId, clientMessageId, seq: message.seq });
      if (state === undefined || state.name === message.shown) continue;
      message.shown = state.name;
      this.#observe({ kind: 'message-state', deviceId: this.#deviceId, clientMessageId, state });
    }
  }
}
