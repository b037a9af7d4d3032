import {
  type ConversationId,
  directConversationId,
  encodeText,
  selfConversationId,
  type UserId,
} from '@hongyan/protocol';
import type { Plan } from '../plan/plan.ts';
import type { SeededRandom } from '../random/seeded-random.ts';
import { streamsOf } from '../random/streams.ts';
import type { VirtualClock } from '../time/virtual-clock.ts';
import type { Trace } from '../trace.ts';
import type { SimulatedDevice } from './device.ts';
import { idOf } from './names.ts';
import type { Simulation } from './simulation.ts';

/** A push needs no comparison to be heard of; a device compares when pushes have stopped for 5 s (SYN-22). */
const PUSHED_MS_MAX = 3_000;
/**
 * A silent node is taken for gone after 3 s, what it had is asked of another one, and devices that are asked to compare do so
 * within 7 s (SES-17). What was asked of the dead alone would fail after 15 s (LOD-4).
 */
const BRIDGED_MS_MAX = 14_000;
const LOOK_INTERVAL_MS = 250;
const SLOW_MS = 300;
/** A session waits for 60 s (SES-11). */
const SESSIONS_OVER_MS = 62_000;
const WRITING_MS = 1_500;
const AWAY_MS_MAX = 4_000;

export interface FairWeatherParts {
  plan: Plan;
  simulation: Simulation;
  clock: VirtualClock;
  trace: Trace;
  isBroken: () => boolean;
}

/**
 * LIVENESS: what heals in the end can be broken for ever without anybody noticing it. So when all is well, pushes have to come
 * by themselves, and one thing that goes wrong between nodes is a pause of seconds.
 */
export async function fairWeather(parts: FairWeatherParts): Promise<void> {
  const { plan, simulation, isBroken } = parts;
  const random = streamsOf(plan.seed)('fair weather');
  await round(parts, 'everybody writes', PUSHED_MS_MAX, () => everybodyWrites(parts, random));
  const logic = plan.nodes.filter(({ isGateway }) => !isGateway);
  const gateways = plan.nodes.filter(({ isLogic }) => !isLogic);
  if (logic.length === 0 || gateways.length === 0) return;
  simulation.slowBroker(SLOW_MS);
  await round(parts, 'some come anew', PUSHED_MS_MAX, () => someComeAnew(parts, random));
  if (random.chance(0.5)) simulation.slowBroker(undefined);
  await round(parts, 'a node dies', BRIDGED_MS_MAX, () => nodeDies(parts, random, random.pick(logic).name));
  await round(parts, 'a gateway is cut off', BRIDGED_MS_MAX, () => cutOff(parts, random, random.pick(gateways).name));
  if (!isBroken()) simulation.slowBroker(undefined);
}

/** Lets things happen, which resolves with how long they take; some time later all has to be well. */
async function round(parts: FairWeatherParts, name: string, msMax: number, happen: () => number): Promise<void> {
  const { simulation, clock, trace, isBroken } = parts;
  if (isBroken()) return;
  trace.write(`fair weather: ${name}`);
  const lastsMs = happen();
  await clock.run(clock.now() + lastsMs, isBroken);
  const deadlineMs = clock.now() + msMax;
  while (!isBroken()) {
    simulation.tidyUp();
    const outstanding = simulation.referee.outstanding(await simulation.settled(), 'held');
    if (outstanding.length === 0) return;
    if (clock.now() < deadlineMs) {
      await clock.run(Math.min(deadlineMs, clock.now() + LOOK_INTERVAL_MS), isBroken);
      continue;
    }
    for (const { message } of outstanding)
      simulation.referee.complain('LIVENESS', `${name}, and ${msMax} ms later ${message}`);
  }
}

function everybodyWrites(parts: FairWeatherParts, random: SeededRandom): number {
  for (const device of parts.simulation.devices) write(parts, random, device);
  return 0;
}

/** Some have been away for longer than their sessions wait, and sign in anew while the others write to them. */
function someComeAnew(parts: FairWeatherParts, random: SeededRandom): number {
  const { plan, simulation, clock } = parts;
  const away = new Set(plan.people.filter(() => random.chance(0.5)).map((name) => idOf('u', name)));
  const others = simulation.devices.filter(({ userId }) => !away.has(userId));
  const theirs = simulation.devices.filter(({ userId }) => away.has(userId));
  if (others.length === 0 || theirs.length === 0) return 0;
  for (const device of theirs) {
    device.crash();
    clock.schedule(SESSIONS_OVER_MS, () => device.start());
  }
  for (const device of others) writeWithin(parts, random, device, SESSIONS_OVER_MS, random.pick(theirs).userId);
  return SESSIONS_OVER_MS + WRITING_MS;
}

function nodeDies(parts: FairWeatherParts, random: SeededRandom, name: string): number {
  const { simulation, clock } = parts;
  const node = simulation.server.node(name);
  for (const device of simulation.devices) {
    const conversationId = write(parts, random, device);
    clock.schedule(random.between(0, 100), () => device.open(conversationId));
  }
  const isUnsaid = random.chance(0.5);
  const downMs = random.between(1, AWAY_MS_MAX);
  const crashed = () => void clock.schedule(downMs, () => node?.start());
  clock.schedule(random.between(0, 200), () => node?.crashAt({ point: 'at-once', isUnsaid, crashed }));
  return downMs + 200;
}

function cutOff(parts: FairWeatherParts, random: SeededRandom, name: string): number {
  const { simulation } = parts;
  const forMs = random.between(WRITING_MS, AWAY_MS_MAX);
  simulation.server.cutOff(name, forMs);
  for (const device of simulation.devices) {
    for (let count = 0; count < 3; count++) writeWithin(parts, random, device, 0);
  }
  return forMs;
}

/** Writes at some moment of a while that begins in `inMs`. */
function writeWithin(
  parts: FairWeatherParts,
  random: SeededRandom,
  device: SimulatedDevice,
  inMs: number,
  to?: UserId,
): void {
  parts.clock.schedule(inMs + random.between(0, WRITING_MS), () => write(parts, random, device, to));
}

/** The person at the device writes to somebody. */
function write(
  { plan, clock }: FairWeatherParts,
  random: SeededRandom,
  device: SimulatedDevice,
  to = idOf('u', random.pick(plan.people)),
): ConversationId {
  const { userId } = device;
  const conversationId = to === userId ? selfConversationId(userId) : directConversationId(userId, to);
  device.compose(conversationId, encodeText(`in fair weather ${device.name} ${clock.now()}.`));
  return conversationId;
}
