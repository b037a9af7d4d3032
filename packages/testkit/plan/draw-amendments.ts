import type { ConversationId } from '@hongyan/protocol';
import type { SeededRandom } from '../random/seeded-random.ts';
import type { Span } from './draw.ts';
import { conversationsOf } from './draw-deeds.ts';
import type { DevicePlan, Step } from './plan.ts';

/** How often a seed has people who change what was said between two of them, and how much of it there is at most. */
const AMENDMENTS_CHANCE = 0.4;
const AMENDMENTS_MAX = 40;

/** The shortest that there is (MSG-5), within a run, beyond its faults, and beyond all of it. */
const lifetimesMs = [5_000, 20_000, 20_000, 120_000, 7_200_000];
const emoji = ['👍', '🎉', ''];
/** Mostly the last few messages, seldom one long before. */
const BACK_MAX = [3, 3, 30] as const;

export function drawAmendments(
  random: SeededRandom,
  people: readonly string[],
  devices: readonly DevicePlan[],
  span: Span,
): Step[] {
  if (!random.chance(AMENDMENTS_CHANCE)) return [];
  return Array.from({ length: random.between(1, AMENDMENTS_MAX) }, (_, index): Step => {
    const { name: device, owner } = random.pick(devices);
    const conversationId = random.pick(conversationsOf(owner, people));
    const at = { atMs: random.between(0, span.faultyMs), device, conversationId };
    const isDirect = conversationId.startsWith('direct');
    if (isDirect && random.chance(0.05)) {
      return { ...at, kind: 'change', change: { case: 'lifetimeMs', value: random.pick([0, 10_000, 120_000]) } };
    }
    return drawAmendment(random, at, { text: `said ${index}.`, mentions: [], isDirect });
  });
}

export interface AtDevice {
  atMs: number;
  device: string;
  conversationId: ConversationId;
}

/** Something said that is more than its text, or a change of what was said; `text` is nobody else's. */
export function drawAmendment(
  random: SeededRandom,
  at: AtDevice,
  said: { text: string; mentions: readonly string[]; isDirect: boolean },
): Step {
  const { text, mentions, isDirect } = said;
  const back = random.between(1, random.pick(BACK_MAX));
  const dice = random.fraction();
  if (dice < 0.4) {
    const lifetimeMs = random.chance(0.4) ? random.pick(lifetimesMs) : 0;
    const livesFromRead = isDirect && lifetimeMs > 0 && random.chance(0.5);
    return { ...at, kind: 'say', text, mentions, lifetimeMs, livesFromRead, back: random.chance(0.3) ? back : 0 };
  }
  if (dice < 0.6) return { ...at, kind: 'amend', how: 'edit', back, text };
  if (dice < 0.75) return { ...at, kind: 'amend', how: 'recall', back, text: '' };
  if (dice < 0.8) return { ...at, kind: 'amend', how: 'recall-any', back, text: '' };
  if (dice < 0.93) return { ...at, kind: 'amend', how: 'react', back, text: random.pick(emoji) };
  return { ...at, kind: random.chance(0.7) ? 'pin' : 'unpin', back };
}
