import type { Violation } from '../checkers/index.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import { VirtualClock } from '../time/virtual-clock.ts';
import { Trace } from '../trace.ts';
import { scheduleDisturbances } from './disturbances.ts';
import type { Sabotage } from './sabotage.ts';
import { Simulation } from './simulation.ts';
import { scheduleWorkload } from './workload.ts';

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
const SETTLE_STEP_MS = 2_000;
/** When faults have stopped, everything must be well within this time. */
const SETTLE_MS_MAX = 300_000;
const TRACE_LINES = 30;

/** Runs the system that `seed` decides: bad weather, then calm, watching every promise. The same seed, the same run. */
export async function simulate(seed: number, options: SimulationOptions = {}): Promise<SimulationResult> {
  const { sabotage = {}, traceLines = TRACE_LINES } = options;
  const clock = new VirtualClock(START_MS);
  const random = new SeededRandom(seed);
  const trace = new Trace(() => clock.now(), traceLines);
  const simulation = new Simulation({ clock, random: random.fork(), trace, sabotage });
  const { referee } = simulation;
  const onRejection = (error: unknown) => referee.complain('LIVENESS', `nobody handled: ${describe(error)}`);
  process.on('unhandledRejection', onRejection);
  try {
    await phases(simulation, clock, random, trace);
  } catch (error) {
    referee.complain('LIVENESS', `the program threw: ${describe(error)}`);
  } finally {
    process.off('unhandledRejection', onRejection);
  }
  const { logs } = await simulation.settled();
  return {
    seed,
    violations: referee.violations,
    events: clock.eventCount,
    virtualMs: clock.now() - START_MS,
    traceHash: trace.hash(),
    trace: trace.tail(),
    messages: [...logs.values()].flat().length,
  };
}

async function phases(simulation: Simulation, clock: VirtualClock, random: SeededRandom, trace: Trace): Promise<void> {
  const { plan, devices, server, referee } = simulation;
  const isBroken = () => referee.violations.length > 0;
  await simulation.begin();
  scheduleWorkload({ clock, random: random.fork(), trace, plan, devices });
  const onServerCrashed = () => void simulation.audit();
  scheduleDisturbances({ clock, random: random.fork(), trace, plan, server, onServerCrashed });
  await clock.run(START_MS + plan.faultyMs, isBroken);
  if (isBroken()) return;
  trace.write('faults stop');
  simulation.heal();
  const deadlineMs = clock.now() + SETTLE_MS_MAX;
  while (!isBroken()) {
    await clock.run(clock.now() + SETTLE_STEP_MS, isBroken);
    const outstanding = referee.outstanding(await simulation.settled());
    if (outstanding.length === 0) break;
    if (clock.now() < deadlineMs) continue;
    for (const { promise, message } of outstanding) referee.complain(promise, message);
  }
  await simulation.audit();
}

const describe = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error));
