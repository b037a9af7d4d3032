import type { Bus } from '@hongyan/core';
import { toEach } from '../faults/bus.ts';

/** Loses every fifth push, and nobody reconnects. */
export function losePushes(bus: Bus): Bus {
  let published = 0;
  const publish: Bus['publish'] = (message) => {
    published += 1;
    if (published % 5 !== 0) bus.publish(message);
  };
  return {
    publish,
    publishToAll: toEach(publish),
    subscribe: (userId, receive) => bus.subscribe(userId, receive),
  };
}
