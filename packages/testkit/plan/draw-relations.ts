import { AUDIENCES } from '@hongyan/protocol';
import type { SeededRandom } from '../random/seeded-random.ts';
import type { Span } from './draw.ts';
import { type DevicePlan, relatings, type Step } from './plan.ts';

/** How often a seed has people who become friends, part and block each other, and how much of it there is at most. */
const RELATIONS_CHANCE = 0.3;
const RELATIONS_MAX = 16;

export function drawRelations(
  random: SeededRandom,
  people: readonly string[],
  devices: readonly DevicePlan[],
  span: Span,
): Step[] {
  if (!random.chance(RELATIONS_CHANCE)) return [];
  return Array.from({ length: random.between(1, RELATIONS_MAX) }, (): Step => {
    const { name: device, owner } = random.pick(devices);
    const others = people.filter((name) => name !== owner);
    const at = { atMs: random.between(0, span.faultyMs), device };
    if (random.chance(0.15)) {
      const name = random.pick(['who-may-write', 'who-may-invite']);
      return { ...at, kind: 'set-record', key: { kind: 'setting', name }, text: random.pick(AUDIENCES) };
    }
    return { ...at, kind: 'relate', person: random.pick(others), what: random.pick(relatings) };
  });
}
