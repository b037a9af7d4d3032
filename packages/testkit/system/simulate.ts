import { unseenHistory } from '../checkers/history.ts';
import type { Violation } from '../checkers/index.ts';
import { changedScreens, screensOf } from '../checkers/restart.ts';
import { drawPlan } from '../plan/draw.ts';
import { drawClusterPlan } from '../plan/draw-cluster.ts';
import type { Plan } from '../plan/plan.ts';
import { VirtualClock } from '../time/virtual-clock.ts';
import { Trace } from '../trace.ts';
import { fairWeather } from './fair-weather.ts';
import type { Sabotage } from './sabotage.ts';
import { Simulation } from './simulation.ts';
import { scheduleSteps } from './steps.ts';

export interface SimulationResult {
  seed: number;
  /** Empty when every promise was kept. */
  violations: Violation[];
  /** Timers that ran. */
  events: number;
  virtualMs: number;
  traceHash: string;
  /** The last lines of the trace. */
  trace: string[];
  messages: number;
}

export interface SimulationOptions {
  sabotage?: Sabotage;
  /** How much of the end of the trace comes back. */
  traceLines?: number;
}

const START_MS = Date.UTC(2026, 0, 1);
/** When to look whether everything is well: soon at first, then at growing distances. */
const SETTLE_STEP_MS = 2_000;
const SETTLE_STEP_GROWTH = 1.5;
/** When faults have stopped, everything must be well within this time. */
const SETTLE_MS_MAX = 900_000;
/** How long everybody is without a server. */
const ALONE_MS = 500;
/** How often everybody is cut off, when a page has been asked for and has not come, and until when all are back. */
const PAGES_CUT = 3;
const PAGE_ASKED_MS = 8;
const BACK_MS = 3_000;
/** How long somebody who scrolls back waits for a page, and for all of them. */
const SCROLL_BACK_STEP_MS = 500;
const SCROLL_BACK_MS_MAX = 600_000;
const TRACE_LINES = 30;

/** Runs the system that `seed` decides: bad weather, then calm, watching every promise. The same seed, the same run. */
export const simulate = (seed: number, options?: SimulationOptions): Promise<SimulationResult> =>
  simulatePlan(drawPlan(seed), options);

/** The same on several nodes, and with what can go wrong between them. */
export const simulateCluster = (seed: number, options?: SimulationOptions): Promise<SimulationResult> =>
  simulatePlan(drawClusterPlan(seed), options);

/** Runs a plan, which may be a part of what a seed decided. */
export async function simulatePlan(plan: Plan, options: SimulationOptions = {}): Promise<SimulationResult> {
  const { sabotage = {}, traceLines = TRACE_LINES } = options;
  const clock = new VirtualClock(START_MS);
  const trace = new Trace(() => clock.now(), traceLines);
  const simulation = new Simulation({ plan, clock, trace, sabotage });
  const { referee } = simulation;
  const onRejection = (error: unknown) => referee.complain('LIVENESS', `nobody handled: ${describe(error)}`);
  process.on('unhandledRejection', onRejection);
  try {
    await phases(plan, simulation, clock, trace);
  } catch (error) {
    referee.complain('LIVENESS', `the program threw: ${describe(error)}`);
  } finally {
    process.off('unhandledRejection', onRejection);
  }
  const { logs } = await simulation.settled();
  return {
    seed: plan.seed,
    violations: referee.violations,
    events: clock.eventCount,
    virtualMs: clock.now() - START_MS,
    traceHash: trace.hash(),
    trace: trace.tail(),
    messages: [...logs.values()].flat().length,
  };
}

async function phases(plan: Plan, simulation: Simulation, clock: VirtualClock, trace: Trace): Promise<void> {
  const { server, referee, tokens } = simulation;
  const isBroken = () => referee.violations.length > 0;
  await simulation.begin();
  scheduleSteps({
    clock,
    trace,
    plan,
    server,
    tokens,
    device: (name) => simulation.device(name),
    onServerCrashed: () => void simulation.audit(),
    attack: (step) => simulation.attack(step),
    flood: (step) => void simulation.flood(step),
    found: (step) => simulation.found(step),
    pry: (step) => simulation.pry(step),
  });
  await clock.run(START_MS + plan.faultyMs, isBroken);
  if (isBroken()) return;
  trace.write('faults stop');
  simulation.heal();
  await settle(simulation, clock, isBroken);
  if (!isBroken()) await fairWeather({ plan, simulation, clock, trace, isBroken });
  await settle(simulation, clock, isBroken);
  if (!isBroken()) await restart(simulation, clock, isBroken);
  if (!isBroken()) await scrollBack(simulation, clock, isBroken);
  await settle(simulation, clock, isBroken);
  await simulation.audit();
}

async function settle(simulation: Simulation, clock: VirtualClock, isBroken: () => boolean): Promise<void> {
  const { referee } = simulation;
  const deadlineMs = clock.now() + SETTLE_MS_MAX;
  for (let stepMs = SETTLE_STEP_MS; !isBroken(); stepMs *= SETTLE_STEP_GROWTH) {
    simulation.tidyUp();
    await clock.run(Math.min(clock.now() + Math.ceil(stepMs), deadlineMs), isBroken);
    const outstanding = referee.outstanding(await simulation.settled());
    if (outstanding.length === 0) return;
    if (clock.now() < deadlineMs) continue;
    for (const { promise, message } of outstanding) referee.complain(promise, message);
  }
}

/** Everybody is started anew: first without a server, when all that is shown is what the store has; then they come back, twice. */
async function restart(simulation: Simulation, clock: VirtualClock, isBroken: () => boolean): Promise<void> {
  const { server, referee } = simulation;
  const shown = screensOf(await simulation.settled());
  simulation.restartAlone();
  await clock.run(clock.now() + ALONE_MS, isBroken);
  for (const message of changedScreens(shown, screensOf(await simulation.settled()))) referee.complain('P4', message);
  simulation.complete('entries');
  server.start();
  await settle(simulation, clock, isBroken);
  if (isBroken()) return;
  simulation.complete('everything');
  server.crash(() => server.start());
  await settle(simulation, clock, isBroken);
}

/** Everybody reads all that was ever said, and is cut off while the first pages are on their way. */
async function scrollBack(simulation: Simulation, clock: VirtualClock, isBroken: () => boolean): Promise<void> {
  for (let cut = 1; cut <= PAGES_CUT && !isBroken(); cut++) {
    simulation.lookAtAll();
    await clock.run(clock.now() + PAGE_ASKED_MS, isBroken);
    for (const link of simulation.server.links()) link.cut(['client', 'server']);
    await clock.run(clock.now() + BACK_MS, isBroken);
  }
  const deadlineMs = clock.now() + SCROLL_BACK_MS_MAX;
  while (!isBroken()) {
    simulation.lookAtAll();
    await clock.run(clock.now() + SCROLL_BACK_STEP_MS, isBroken);
    const unseen = unseenHistory(await simulation.settled());
    if (unseen.length === 0) return;
    if (clock.now() < deadlineMs) continue;
    for (const message of unseen) simulation.referee.complain('P4', message);
  }
}

const describe = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error));
