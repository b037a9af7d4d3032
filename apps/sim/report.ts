import { formatPlaces } from '@hongyan/testkit';
import type { SimOptions } from './options.ts';
import type { Outcome } from './run-seeds.ts';

/** The line that runs a seed again. */
export const replayOf = (seed: number, { cluster }: Pick<SimOptions, 'cluster'>) =>
  `npm run sim --${cluster ? ' --cluster' : ''} --seed ${seed}`;

/** The first failures in full; the rest as the line that replays each. */
const FAILURES_IN_FULL = 3;

export function reportInWords(outcome: Outcome, options: SimOptions, print: (line: string) => void): void {
  const { kept } = options;
  const rest = kept === undefined ? '' : ` --keep ${formatPlaces(kept) || 'none'}`;
  for (const [index, { seed, violations, trace }] of outcome.failures.entries()) {
    print('');
    if (index < FAILURES_IN_FULL) for (const line of trace) print(`  ${line}`);
    for (const { promise, message, atMs } of violations.slice(0, 10)) {
      print(`seed ${seed} broke ${promise} at ${atMs} ms: ${message}`);
    }
    print(`replay: ${replayOf(seed, options)}${rest}`);
  }
  const { seeds, failures, messages, events, virtualSeconds, wallMs, traceHash } = outcome;
  print(
    `${seeds - failures.length} of ${seeds} seeds kept every promise: ${messages} messages, ${events} events, ` +
      `${virtualSeconds} virtual seconds in ${wallMs} ms, trace ${traceHash}`,
  );
}

export function reportAsJson(outcome: Outcome, options: SimOptions, print: (line: string) => void): void {
  const { seeds, failures, events, virtualSeconds, wallMs, traceHash } = outcome;
  const violations = failures.flatMap(({ seed, violations }) =>
    violations.map(({ promise, message }) => ({ seed, promise, message, replay: replayOf(seed, options) })),
  );
  const failed = failures.length;
  print(
    JSON.stringify({ seeds, passed: seeds - failed, failed, violations, events, virtualSeconds, wallMs, traceHash }),
  );
}
