import type { SeededRandom } from '../random/seeded-random.ts';
import type { Span } from './draw.ts';
import { attackKinds, type DeviceFault, type DevicePlan, type Noticing, type ServerFault, type Step } from './plan.ts';

type Fault = DeviceFault | ServerFault | { kind: 'attack' };

/** The node of a run that has one. */
export const ONLY_NODE = 'server';

const FAULTS_MAX = 18;
const DOWN_MS_MAX = 3_000;

/** How often a seed that has any faults has each kind of them, and how often one of that kind then comes. */
const kinds: readonly { kind: Fault['kind']; chance: number; weight: number }[] = [
  { kind: 'cut', chance: 0.6, weight: 4 },
  { kind: 'crash-server', chance: 0.5, weight: 2 },
  { kind: 'crash-device', chance: 0.5, weight: 2 },
  { kind: 'lose-network', chance: 0.5, weight: 2 },
  { kind: 'restart-server', chance: 0.3, weight: 1 },
  { kind: 'pause-server', chance: 0.2, weight: 1 },
  { kind: 'half-open', chance: 0.3, weight: 2 },
  { kind: 'cut-all', chance: 0.2, weight: 1 },
  { kind: 'switch-network', chance: 0.3, weight: 1 },
  { kind: 'sleep', chance: 0.2, weight: 1 },
  { kind: 'move-clock', chance: 0.15, weight: 1 },
  { kind: 'expire-token', chance: 0.2, weight: 1 },
  { kind: 'attack', chance: 0.2, weight: 2 },
];

const noticings: readonly Noticing[] = [['client', 'server'], ['client', 'server'], ['client'], ['server'], []];
const points = ['at-once', 'at-once', 'before-commit', 'before-answer', 'before-push', 'after-first-write'] as const;

/** What goes wrong and when, each fault with all that it needs to know. */
export function drawFaults(random: SeededRandom, devices: readonly DevicePlan[], span: Span): Step[] {
  const present = kinds.filter(({ chance }) => random.chance(chance));
  const weighted = present.flatMap(({ kind, weight }) => Array.from({ length: weight }, () => kind));
  const count = weighted.length === 0 ? 0 : random.between(0, FAULTS_MAX);
  return Array.from({ length: count }, () => {
    const atMs = random.between(0, span.faultyMs);
    return { atMs, ...drawFault(random, random.pick(weighted), random.pick(devices).name, span) };
  });
}

type Untimed = Step extends infer S ? (S extends Step ? Omit<S, 'atMs'> : never) : never;

function drawFault(random: SeededRandom, kind: Fault['kind'], device: string, { faultMsMax }: Span): Untimed {
  const downMs = random.between(1, DOWN_MS_MAX);
  const forMs = random.between(1, faultMsMax);
  switch (kind) {
    case 'crash-server':
      return { kind, node: ONLY_NODE, point: random.pick(points), downMs, isUnsaid: random.chance(0.3) };
    case 'restart-server':
      return { kind, node: ONLY_NODE, downMs };
    case 'pause-server':
      return { kind, node: ONLY_NODE, forMs };
    case 'cut-all':
      return { kind, noticedBy: random.pick(noticings) };
    case 'cut':
      return { kind, device, noticedBy: random.pick(noticings) };
    case 'half-open':
      return { kind, device, side: random.pick(['client', 'server']), forMs };
    case 'crash-device':
      return { kind, device, downMs };
    case 'lose-network':
      return { kind, device, forMs, isTold: random.chance(0.7) };
    case 'sleep':
      return { kind, device, forMs };
    case 'move-clock':
      return { kind, device, byMs: random.between(-1, 1) * random.pick([1_000, 60_000, 3_600_000]) };
    case 'switch-network':
    case 'expire-token':
      return { kind, device };
    case 'attack':
      return { kind, attack: random.pick(attackKinds), salt: random.uint32() };
  }
}
