import {
  type Command,
  type ConversationId,
  type ConversationUpdate,
  conversationHash,
  type DeviceId,
  type ServerFrame,
} from '@hongyan/protocol';
import type { Observation } from '../observation.ts';

/** What a device says of its own positions in these commands. A position in Hello counts as delivered (RCP-6). */
export function statedBy(
  deviceId: DeviceId,
  conversationIds: readonly ConversationId[],
  commands: readonly Command[],
): Observation[] {
  return commands.flatMap(({ body }): Observation[] => {
    switch (body?.case) {
      case 'advanceCursor':
        return [{ kind: 'stated', deviceId, ...body.value }];
      case 'hello':
        return (body.value.holdings?.positions ?? []).flatMap(
          ({ conversationHash: hash, seq: deliveredSeq, readSeq }): Observation[] =>
            conversationIds
              .filter((conversationId) => conversationHash(conversationId) === hash)
              .map((conversationId) => ({ kind: 'stated', deviceId, conversationId, deliveredSeq, readSeq })),
        );
      default:
        return [];
    }
  });
}

/** What the server says of members' cursors in these frames. */
export function toldBy(deviceId: DeviceId, frames: readonly ServerFrame[]): Observation[] {
  return frames.flatMap(({ frame }): Observation[] => {
    const body = frame?.value.body;
    switch (body?.case) {
      case 'receipt':
        return [{ kind: 'told', deviceId, ...body.value }];
      case 'receipts': {
        const { conversationId, cursors } = body.value;
        return cursors.map((cursor) => ({ kind: 'told', deviceId, conversationId, ...cursor }));
      }
      case 'conversationUpdate':
        return toldByUpdate(deviceId, body.value);
      default:
        return [];
    }
  });
}

function toldByUpdate(deviceId: DeviceId, { state }: ConversationUpdate): Observation[] {
  if (state === undefined) return [];
  const { conversationId } = state;
  return state.cursors.map((cursor) => ({ kind: 'told', deviceId, conversationId, ...cursor }));
}
