import type { Command, ConversationId, DeviceId, ServerFrame } from '@hongyan/protocol';
import type { Transport } from '@hongyan/sdk/node';
import type { Observation } from '../../../packages/testkit/observation.ts';
import { statedBy, toldBy } from '../../../packages/testkit/system/receipts-seen.ts';

export interface TransportWitness {
  deviceId: () => DeviceId;
  conversationIds: () => readonly ConversationId[];
  observe: (observation: Observation) => void;
}

/** The transport itself, and everything that goes over it observed, the way the simulator's devices are. */
export function observedTransport(transport: Transport, witness: TransportWitness): Transport {
  let connections = 0;
  return (handlers) => {
    connections += 1;
    const connectionId = connections;
    const seen = new ConnectionSeen(connectionId, witness);
    const connection = transport({
      onOpen: () => handlers.onOpen(),
      onFrames(frames) {
        seen.received(frames);
        handlers.onFrames(frames);
      },
      onClose(code, reason, ...rest) {
        seen.over();
        handlers.onClose(code, reason, ...rest);
      },
    });
    return {
      send(commands) {
        seen.sent(commands);
        connection.send(commands);
      },
      close() {
        seen.over();
        connection.close();
      },
    };
  };
}

/** One connection as it is seen from outside of the client. */
class ConnectionSeen {
  readonly #connectionId: number;
  readonly #witness: TransportWitness;
  /** Messages that wait for their answer, by command. */
  readonly #messages = new Map<number, string>();
  #isOver = false;

  constructor(connectionId: number, witness: TransportWitness) {
    this.#connectionId = connectionId;
    this.#witness = witness;
  }

  sent(commands: readonly Command[]): void {
    const { observe, deviceId, conversationIds } = this.#witness;
    const connectionId = this.#connectionId;
    observe({ kind: 'commands-sent', deviceId: deviceId(), connectionId, commands, atMs: Date.now() });
    for (const stated of statedBy(deviceId(), conversationIds(), commands)) observe(stated);
    for (const { id, body } of commands) {
      if (body?.case === 'sendMessage') this.#messages.set(id, body.value.clientMessageId);
    }
  }

  received(frames: readonly ServerFrame[]): void {
    const { observe, deviceId } = this.#witness;
    observe({ kind: 'frames-received', deviceId: deviceId(), connectionId: this.#connectionId, frames });
    for (const told of toldBy(deviceId(), frames)) observe(told);
    for (const { frame } of frames) {
      if (frame?.case !== 'reply' || frame.value.body?.case !== 'messageSent') continue;
      const clientMessageId = this.#messages.get(frame.value.id);
      this.#messages.delete(frame.value.id);
      const { conversationId, seq } = frame.value.body.value;
      if (clientMessageId !== undefined) {
        observe({ kind: 'sent', deviceId: deviceId(), conversationId, clientMessageId, seq });
      }
    }
  }

  over(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { observe, deviceId } = this.#witness;
    observe({ kind: 'connection-over', deviceId: deviceId(), connectionId: this.#connectionId });
  }
}
