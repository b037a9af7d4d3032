import type { Bus, BusMessage } from '@hongyan/core';
import type { UserId } from '@hongyan/protocol';

type Receiver = (message: BusMessage) => void;

/** The bus of a single process: publishing calls the receivers at once. */
export function createInProcessBus(): Bus {
  const receivers = new Map<UserId, Set<Receiver>>();
  const publish = (message: BusMessage): void => {
    const interested = receivers.get(message.userId);
    if (interested !== undefined) for (const receive of interested) receive(message);
  };
  return {
    publish,
    publishToAll(userIds, push) {
      for (const userId of userIds) publish({ userId, ...push });
    },
    subscribe(userId, receive) {
      const interested = receivers.get(userId) ?? new Set();
      interested.add(receive);
      receivers.set(userId, interested);
      return () => {
        interested.delete(receive);
        if (interested.size === 0 && receivers.get(userId) === interested) receivers.delete(userId);
      };
    },
  };
}
