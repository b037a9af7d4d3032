import { formatPlaces, inWords, shrink } from '@hongyan/testkit';
import type { SimOptions } from './options.ts';
import { replayOf } from './report.ts';
import { planOf } from './run-seeds.ts';

/** Prints the smallest failing run that was found in a seed. Tells whether the seed keeps every promise. */
export async function shrinkSeed(options: SimOptions, print: (line: string) => void): Promise<boolean> {
  const { from: seed, traceLines } = options;
  const shrunk = await shrink(planOf(seed, options), { traceLines });
  if (shrunk === undefined) {
    print(`seed ${seed} kept every promise: there is nothing to shrink`);
    return true;
  }
  const { kept, parts, partsBefore, result } = shrunk;
  for (const line of result.trace) print(`  ${line}`);
  print('');
  print(`${parts.length} of ${partsBefore} parts of seed ${seed} are left:`);
  for (const part of parts) print(`  ${inWords(part)}`);
  for (const { promise, message, atMs } of result.violations) print(`broke ${promise} at ${atMs} ms: ${message}`);
  print(`replay: ${replayOf(seed, options)} --keep ${formatPlaces(kept) || 'none'}`);
  return false;
}
