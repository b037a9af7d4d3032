import type { Bus } from '@hongyan/core';

/** Loses every fifth push, and nobody reconnects. */
export function losePushes(bus: Bus): Bus {
  let published = 0;
  return {
    publish(message) {
      published += 1;
      if (published % 5 !== 0) bus.publish(message);
    },
    subscribe: (userId, receive) => bus.subscribe(userId, receive),
  };
}
