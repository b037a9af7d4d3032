import { type ConversationId, directConversationId, selfConversationId } from '@hongyan/protocol';
import type { SeededRandom } from '../random/seeded-random.ts';
import { idOf } from '../system/names.ts';
import type { Span } from './draw.ts';
import type { Deed, DevicePlan, Step } from './plan.ts';

export interface Society {
  people: readonly string[];
  acquaintances: readonly string[];
}

/** How often somebody has to do with one of many acquaintances. */
const ACQUAINTANCE_CHANCE = 0.5;

/** All conversations that somebody can have with these people. */
export function conversationsOf(owner: string, people: readonly string[]): ConversationId[] {
  const me = idOf('u', owner);
  return people.map((name) => (name === owner ? selfConversationId(me) : directConversationId(me, idOf('u', name))));
}

/** How often a seed has somebody who writes more than a gap is filled for, and how much. */
const FLOOD_CHANCE = 0.06;
const FLOOD_MIN = 1_050;
const FLOOD_MAX = 1_200;

/** How often the devices of those who got it scroll back in it. */
const SCROLLS_MAX = 8;

export function drawFloods(
  random: SeededRandom,
  { people, acquaintances }: Society,
  devices: readonly DevicePlan[],
  span: Span,
): Step[] {
  if (!random.chance(FLOOD_CHANCE)) return [];
  const sender = random.pick(people);
  const conversationId = random.pick(conversationsOf(sender, [...people, ...acquaintances]));
  const atMs = random.between(0, span.faultyMs);
  const flood: Step = { atMs, kind: 'flood', sender, conversationId, count: random.between(FLOOD_MIN, FLOOD_MAX) };
  const readers = devices.filter(({ owner }) => conversationId.includes(idOf('u', owner)));
  const scrolls = readers.flatMap(({ name: device }) =>
    Array.from({ length: random.between(0, SCROLLS_MAX) }, (): Step => {
      const kind = random.pick(['open', 'scroll-back', 'scroll-back', 'scroll-back', 'cut'] as const);
      const at = { atMs: random.between(atMs, span.faultyMs), device };
      return kind === 'cut' ? { ...at, kind, noticedBy: ['client', 'server'] } : { ...at, kind, conversationId };
    }),
  );
  return [flood, ...scrolls];
}

/** How often a seed has people who clear conversations, and how often at most. */
const CLEAR_CHANCE = 0.3;
const CLEARS_MAX = 6;

export function drawClears(random: SeededRandom, society: Society, devices: readonly DevicePlan[], span: Span): Step[] {
  if (!random.chance(CLEAR_CHANCE)) return [];
  return Array.from({ length: random.between(1, CLEARS_MAX) }, (): Step => {
    const { name, owner } = random.pick(devices);
    const conversationId = random.pick(conversationsOf(owner, [...society.people, ...society.acquaintances]));
    const kind = random.chance(0.7) ? 'clear' : 'restore';
    return { atMs: random.between(0, span.faultyMs), kind, device: name, conversationId };
  });
}

/** What people do while the weather is bad: mostly write, also many messages at once, read, scroll, close. */
export function drawDeeds(
  random: SeededRandom,
  { people, acquaintances }: Society,
  devices: readonly DevicePlan[],
  span: Span,
): Step[] {
  const count = random.pick([30, 60, 120]);
  const burstMax = random.pick([3, 12, 60]);
  const steps: Step[] = [];
  for (let deed = 0; deed < count; deed++) {
    const atMs = random.between(0, span.faultyMs);
    const { name, owner } = random.pick(devices);
    const isDistant = acquaintances.length > 0 && random.chance(ACQUAINTANCE_CHANCE);
    const conversationId = random.pick(conversationsOf(owner, isDistant ? acquaintances : people));
    const at = { device: name, conversationId };
    const kind = drawKind(random);
    const times = kind === 'write' && random.chance(0.2) ? random.between(2, burstMax) : 1;
    for (let time = 0; time < times; time++) {
      steps.push(inDetail(kind, atMs, at, `message ${steps.length + 1}.`));
    }
  }
  return steps;
}

/** What most of a plan's deeds are. */
type Plain = Extract<
  Deed['kind'],
  'write' | 'open' | 'close' | 'scroll-back' | 'mark-unread' | 'set-record' | 'try-again'
>;

function inDetail(
  kind: Plain,
  atMs: number,
  at: { device: string; conversationId: ConversationId },
  text: string,
): Step {
  const { device, conversationId } = at;
  switch (kind) {
    case 'write':
      return { atMs, kind, ...at, text };
    case 'set-record':
      return { atMs, kind, device, key: { kind: 'draft', conversationId }, text };
    case 'try-again':
      return { atMs, kind, device };
    default:
      return { atMs, kind, ...at };
  }
}

function drawKind(random: SeededRandom): Plain {
  const dice = random.fraction();
  if (dice < 0.6) return 'write';
  if (dice < 0.82) return 'open';
  if (dice < 0.9) return 'close';
  if (dice < 0.94) return 'scroll-back';
  if (dice < 0.95) return 'mark-unread';
  return dice < 0.98 ? 'set-record' : 'try-again';
}
