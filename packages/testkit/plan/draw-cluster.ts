import type { SeededRandom } from '../random/seeded-random.ts';
import { streamsOf } from '../random/streams.ts';
import { drawPlan } from './draw.ts';
import type { ClusterFault, NodePlan, Plan, Step } from './plan.ts';
import type { Weather } from './weather.ts';

const FAULTS_MAX = 10;
const KIND_CHANCE = 0.4;
/** Longer than nodes wait for each other (2.5 s), and shorter. */
const FOR_MS_MAX = [500, 8_000, 40_000] as const;
const kinds: readonly ClusterFault['kind'][] = ['broker-down', 'cut-off-node', 'fail-over'];

/** What a seed decides for a cluster: the same people, weather and steps as for one process, on several nodes. */
export function drawClusterPlan(seed: number): Plan {
  const plan = drawPlan(seed);
  const streams = streamsOf(seed);
  const random = streams('nodes');
  const nodes = drawNodes(random);
  const moved = plan.steps.map((step) => placed(random, nodes, step));
  const steps = [...moved, ...drawClusterFaults(streams('cluster faults'), nodes, plan.faultyMs)];
  return {
    ...plan,
    nodes,
    weather: [...plan.weather, ...drawBrokerWeather(streams('broker weather'))],
    steps: steps.sort((a, b) => a.atMs - b.atMs),
  };
}

function drawNodes(random: SeededRandom): NodePlan[] {
  const skewMsMax = random.pick([0, 200, 60_000]);
  const node = (name: string, role: Pick<NodePlan, 'isGateway' | 'isLogic'>): NodePlan => ({
    name,
    ...role,
    skewMs: random.between(-skewMsMax, skewMsMax),
  });
  const several = (count: number, name: string, role: Pick<NodePlan, 'isGateway' | 'isLogic'>) =>
    Array.from({ length: count }, (_, index) => node(`${name}${index + 1}`, role));
  // Some clusters have nodes that do everything, instead of roles apart.
  if (random.chance(0.25)) return several(random.between(2, 3), 'node', { isGateway: true, isLogic: true });
  return [
    ...several(random.between(1, 3), 'gateway', { isGateway: true, isLogic: false }),
    ...several(random.between(1, 3), 'logic', { isGateway: false, isLogic: true }),
  ];
}

/** What happens to the server happens to one of the nodes. */
function placed(random: SeededRandom, nodes: readonly NodePlan[], step: Step): Step {
  return 'node' in step ? { ...step, node: random.pick(nodes).name } : step;
}

function drawClusterFaults(random: SeededRandom, nodes: readonly NodePlan[], faultyMs: number): Step[] {
  const present = kinds.filter(() => random.chance(KIND_CHANCE));
  if (present.length === 0) return [];
  const forMsMax = random.pick(FOR_MS_MAX);
  return Array.from({ length: random.between(0, FAULTS_MAX) }, (): Step => {
    const kind = random.pick(present);
    const when = { atMs: random.between(0, faultyMs), forMs: random.between(1, forMsMax) };
    return kind === 'cut-off-node' ? { kind, node: random.pick(nodes).name, ...when } : { kind, ...when };
  });
}

function drawBrokerWeather(random: SeededRandom): Weather[] {
  return random.chance(KIND_CHANCE) ? [{ kind: 'slow-broker', brokerLatencyMsMax: random.pick([20, 300]) }] : [];
}
