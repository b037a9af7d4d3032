import type { PromiseId } from '../checkers/index.ts';
import { keepOnly, type Part, type Plan, partsOf } from '../plan/plan.ts';
import { type SimulationOptions, type SimulationResult, simulatePlan } from '../system/simulate.ts';
import { deltaDebug } from './delta-debug.ts';

/** A smaller run that breaks the same promise. */
export interface Shrunk {
  /** The parts that are left, by their places in the whole plan. */
  kept: readonly number[];
  parts: readonly Part[];
  partsBefore: number;
  result: SimulationResult;
}

/** How often a run is tried again to make it smaller. */
const TRIES_MAX = 400;

/**
 * Leaves out of a plan what its failure does not need: the same promise is broken, by as few devices, faults and
 * actions as were found. Undefined when the run keeps every promise. The same plan gives the same answer.
 */
export async function shrink(
  plan: Plan,
  options: SimulationOptions & { triesMax?: number } = {},
): Promise<Shrunk | undefined> {
  const whole = await simulatePlan(plan, options);
  const promise = whole.violations[0]?.promise;
  if (promise === undefined) return undefined;
  const everything = partsOf(plan).map((_, place) => place);
  const breaks = async (kept: readonly number[]) => breaksPromise(await run(plan, kept, options), promise);
  const kept = await deltaDebug(everything, breaks, { triesLeft: options.triesMax ?? TRIES_MAX });
  const parts = partsOf(keepOnly(plan, new Set(kept)));
  return { kept, parts, partsBefore: everything.length, result: await run(plan, kept, options) };
}

const run = (plan: Plan, kept: readonly number[], options: SimulationOptions) =>
  simulatePlan(keepOnly(plan, new Set(kept)), options);

const breaksPromise = ({ violations }: SimulationResult, promise: PromiseId) =>
  violations.some((violation) => violation.promise === promise);
