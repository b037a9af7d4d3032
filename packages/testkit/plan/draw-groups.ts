import { Joining, Role } from '@hongyan/protocol';
import type { SeededRandom } from '../random/seeded-random.ts';
import { groupIdOf, idOf } from '../system/names.ts';
import type { Span } from './draw.ts';
import { drawAmendment } from './draw-amendments.ts';
import type { DevicePlan, Founding, GroupChange, Step } from './plan.ts';

/** How often a seed has groups, how many at most, and how much happens in each. */
const GROUPS_CHANCE = 0.45;
const GROUPS_MAX = 2;
const DEEDS_MIN = 10;
const DEEDS_MAX = 70;
/** How often a seed with groups has people who ask by hand for what they may not have. */
const PRYING_CHANCE = 0.3;
/** How often it is the founder who changes the group: others mostly may not. */
const FOUNDER_CHANCE = 0.7;

export function drawGroups(
  random: SeededRandom,
  people: readonly string[],
  devices: readonly DevicePlan[],
  span: Span,
): Step[] {
  if (!random.chance(GROUPS_CHANCE)) return [];
  const count = random.between(1, GROUPS_MAX);
  const isPried = random.chance(PRYING_CHANCE);
  return Array.from({ length: count }, (_, index) =>
    drawGroup(random, { people, devices, span, index, isPried }),
  ).flat();
}

interface GroupParts {
  people: readonly string[];
  devices: readonly DevicePlan[];
  span: Span;
  index: number;
  isPried: boolean;
}

function drawGroup(random: SeededRandom, { people, devices, span, index, isPried }: GroupParts): Step[] {
  const founder = random.pick(people);
  const others = people.filter((name) => name !== founder);
  const conversationId = groupIdOf(`team${index + 1}`);
  const founding: Founding = {
    kind: 'found',
    conversationId,
    founder,
    members: others.filter(() => random.chance(0.6)),
  };
  const foundedAtMs = random.between(0, Math.floor(span.faultyMs / 4));
  const ofFounder = devices.filter(({ owner }) => owner === founder);
  const deeds = Array.from({ length: random.between(DEEDS_MIN, DEEDS_MAX) }, (_, number): Step => {
    const atMs = random.between(foundedAtMs, span.faultyMs);
    if (isPried && random.chance(0.1)) return { atMs, kind: 'pry', person: random.pick(people), conversationId };
    const text = `in group ${index + 1} ${number}.`;
    const dice = random.fraction();
    if (dice < 0.28) {
      const from = ofFounder.length > 0 && random.chance(FOUNDER_CHANCE) ? ofFounder : devices;
      const { name: device, owner } = random.pick(from);
      return { atMs, kind: 'change', device, conversationId, change: drawChange(random, owner, people, text) };
    }
    const at = { atMs, device: random.pick(devices).name, conversationId };
    if (dice < 0.45) return { ...at, kind: random.pick(['open', 'open', 'open', 'close', 'scroll-back'] as const) };
    const mentions = random.chance(0.4) ? [random.pick([...people, 'all'])] : [];
    return drawAmendment(random, at, { text, mentions, isDirect: false });
  });
  return [{ atMs: foundedAtMs, ...founding }, ...deeds];
}

function drawChange(random: SeededRandom, owner: string, people: readonly string[], text: string): GroupChange {
  const userId = idOf('u', random.pick(people.filter((name) => name !== owner)));
  const userIds = [userId];
  const dice = random.fraction();
  if (dice < 0.3) return { case: 'membersAdded', value: { userIds } };
  if (dice < 0.5) return { case: 'membersRemoved', value: { userIds } };
  if (dice < 0.58) return { case: 'left', value: {} };
  if (dice < 0.68)
    return { case: 'roleGiven', value: { userId, role: random.pick([Role.ADMIN, Role.MEMBER, Role.OWNER]) } };
  // For ever, as far as a run is concerned, or not at all: what is between depends on the clocks of nodes.
  if (dice < 0.75)
    return { case: 'memberMuted', value: { userId, untilMs: random.chance(0.6) ? Date.UTC(2030, 0) : 0 } };
  if (dice < 0.87) return { case: 'policy', value: drawPolicy(random) };
  if (dice < 0.91) return { case: 'name', value: text };
  if (dice < 0.94) return { case: 'announcement', value: text };
  if (dice < 0.97) return { case: 'nickname', value: text };
  if (dice < 0.99) return { case: 'lifetimeMs', value: random.pick([0, 10_000, 120_000]) };
  return { case: 'dissolved', value: {} };
}

const drawPolicy = (random: SeededRandom) => ({
  membersInvite: random.chance(0.5),
  membersMentionAll: random.chance(0.5),
  membersPin: random.chance(0.5),
  membersEdit: random.chance(0.5),
  joining: Joining.UNSPECIFIED,
  question: '',
  answer: '',
  historyForNewcomers: random.chance(0.4),
  muted: random.chance(0.15),
  receiptsHidden: random.chance(0.15),
});
