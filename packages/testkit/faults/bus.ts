import type { Bus, BusMessage, Clock } from '@hongyan/core';
import type { SeededRandom } from '../random/seeded-random.ts';
import type { BusConditions } from './conditions.ts';

export interface FaultyBusParts {
  clock: Clock;
  random: SeededRandom;
  conditions: () => BusConditions;
}

/** A bus that loses, doubles and delays what is published to `inner`. */
export function createFaultyBus(inner: Bus, { clock, random, conditions }: FaultyBusParts): Bus {
  const carry = (message: BusMessage) => {
    const { delayChance, delayMsMax } = conditions();
    if (random.chance(delayChance)) clock.schedule(random.between(1, delayMsMax), () => inner.publish(message));
    else inner.publish(message);
  };
  const publish = (message: BusMessage) => {
    const { dropChance, duplicateChance } = conditions();
    if (random.chance(dropChance)) return;
    carry(message);
    if (random.chance(duplicateChance)) carry(message);
  };
  return {
    publish,
    publishToAll: toEach(publish),
    subscribe: (userId, receive) => inner.subscribe(userId, receive),
  };
}

/** For a bus that treats what each account is to get by itself. */
export const toEach =
  (publish: Bus['publish']): Bus['publishToAll'] =>
  (userIds, push) => {
    for (const userId of userIds) publish({ userId, ...push });
  };
