import { drawClusterPlan, drawPlan, keepOnly, type Plan, type SimulationResult, simulatePlan } from '@hongyan/testkit';
import type { SimOptions } from './options.ts';

export interface Outcome {
  seeds: number;
  /** Runs in which a promise was broken, in the order of their seeds. */
  failures: SimulationResult[];
  events: number;
  messages: number;
  virtualSeconds: number;
  wallMs: number;
  /** Of all runs together. */
  traceHash: string;
}

const PROGRESS_INTERVAL = 100;

/** Runs the seeds one after the other. */
export async function runSeeds(options: SimOptions, print: (line: string) => void): Promise<Outcome> {
  const startedMs = performance.now();
  const outcome: Outcome = {
    seeds: 0,
    failures: [],
    events: 0,
    messages: 0,
    virtualSeconds: 0,
    wallMs: 0,
    traceHash: '',
  };
  for (let seed = options.from; seed < options.from + options.seeds; seed++) {
    const result = await runSeed(seed, options);
    outcome.seeds += 1;
    outcome.events += result.events;
    outcome.messages += result.messages;
    outcome.virtualSeconds += result.virtualMs / 1_000;
    outcome.traceHash = combine(outcome.traceHash, result.traceHash);
    if (result.violations.length > 0) outcome.failures.push(result);
    if (options.verbose) print(summary(result));
    else if (outcome.seeds % PROGRESS_INTERVAL === 0) {
      print(`${outcome.seeds} of ${options.seeds} seeds, ${outcome.failures.length} failed`);
    }
  }
  outcome.wallMs = Math.round(performance.now() - startedMs);
  outcome.virtualSeconds = Math.round(outcome.virtualSeconds);
  return outcome;
}

export const planOf = (seed: number, { cluster }: Pick<SimOptions, 'cluster'>): Plan =>
  cluster ? drawClusterPlan(seed) : drawPlan(seed);

async function runSeed(seed: number, options: SimOptions): Promise<SimulationResult> {
  const { checkDeterminism, traceLines, kept } = options;
  const whole = planOf(seed, options);
  const plan = kept === undefined ? whole : keepOnly(whole, kept);
  const result = await simulatePlan(plan, { traceLines });
  if (!checkDeterminism) return result;
  const { traceHash } = await simulatePlan(plan);
  if (traceHash === result.traceHash) return result;
  const message = `the same seed gave the traces ${result.traceHash} and ${traceHash}`;
  return { ...result, violations: [...result.violations, { promise: 'DETERMINISM', message, atMs: 0 }] };
}

const summary = ({ seed, violations, events, messages, virtualMs, traceHash }: SimulationResult) =>
  `seed ${seed}: ${violations.length === 0 ? 'ok' : 'FAILED'}, ${messages} messages, ${events} events, ` +
  `${Math.round(virtualMs / 1_000)} s, trace ${traceHash}`;

/** One hash for a row of hashes. */
function combine(left: string, right: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const character of left + right) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.charCodeAt(0))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
