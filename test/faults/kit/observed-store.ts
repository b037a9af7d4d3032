import type { DeviceId, UserId } from '@hongyan/protocol';
import type { ClientStore } from '@hongyan/sdk/node';
import type { Observation } from '../../../packages/testkit/observation.ts';

export interface StoreOwner {
  deviceId: () => DeviceId;
  userId: () => UserId;
  observe: (observation: Observation) => void;
}

/** The same store; what it has taken is observed. */
export function observed<S extends ClientStore>(store: S, { deviceId, userId, observe }: StoreOwner): S {
  const apply = store.apply.bind(store);
  store.apply = async (owner, batch) => {
    await apply(owner, batch);
    for (const { clientMessageId } of batch.outboxPut) {
      observe({ kind: 'outbox-kept', deviceId: deviceId(), clientMessageId });
    }
    for (const { conversationId, fromSeq, toSeq, cursors } of batch.conversations) {
      const readSeq = cursors.find((cursor) => cursor.userId === userId())?.readSeq ?? 0;
      const entries = batch.entries.filter((entry) => entry.conversationId === conversationId);
      observe({ kind: 'held', deviceId: deviceId(), conversationId, fromSeq, toSeq, readSeq, entries });
    }
  };
  return store;
}
