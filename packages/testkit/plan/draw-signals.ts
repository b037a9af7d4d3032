import { presenceAudiences, presenceChoices } from '@hongyan/protocol';
import type { SeededRandom } from '../random/seeded-random.ts';
import type { Span } from './draw.ts';
import { conversationsOf, type Society } from './draw-deeds.ts';
import type { DevicePlan, Step } from './plan.ts';

/** How often a seed has people who watch each other and type, and how much of it there is at most. */
const SIGNALS_CHANCE = 0.4;
const SIGNALS_MAX = 40;

/** What people do that is kept nowhere: it must not disturb anything that is. */
export function drawSignals(
  random: SeededRandom,
  { people, acquaintances }: Society,
  devices: readonly DevicePlan[],
  span: Span,
): Step[] {
  if (!random.chance(SIGNALS_CHANCE)) return [];
  return Array.from({ length: random.between(1, SIGNALS_MAX) }, (): Step => {
    const { name: device, owner } = random.pick(devices);
    const conversationId = random.pick(conversationsOf(owner, [...people, ...acquaintances]));
    const atMs = random.between(0, span.faultyMs);
    const dice = random.fraction();
    if (dice < 0.4) return { atMs, kind: 'look', device, conversationId };
    if (dice < 0.8) {
      return { atMs, kind: 'type', device, conversationId, name: random.pick(['typing', 'recording', 'stopped']) };
    }
    if (dice < 0.9) return { atMs, kind: 'rest', device, isIdle: random.chance(0.5) };
    const name = random.pick(['presence', 'presence-visible']);
    const text = random.pick(name === 'presence' ? presenceChoices : presenceAudiences);
    return { atMs, kind: 'set-record', device, key: { kind: 'setting', name }, text };
  });
}
