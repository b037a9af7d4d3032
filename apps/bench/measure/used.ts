import type { System } from '../run/system.ts';
import { cpuSecondsOf, rssBytes } from './process.ts';

const BYTES_PER_MB = 1024 * 1024;

/** What a part of the system used. */
export interface Used {
  cpuSeconds: number;
  /** At the end; of PostgreSQL only the first process's. */
  rssMb: number;
}

export const usedBy = ({ pids }: Pick<System, 'pids'>): Record<string, Used> =>
  Object.fromEntries(
    Object.entries(pids).map(([name, own]) => {
      const rssMb = own.reduce((sum, pid) => sum + rssBytes(pid), 0) / BYTES_PER_MB;
      return [name, { cpuSeconds: cpuSecondsOf(own), rssMb: rounded(rssMb) }];
    }),
  );

export const spent = (before: Record<string, Used>, after: Record<string, Used>): Record<string, Used> =>
  Object.fromEntries(
    Object.entries(after).map(([name, { cpuSeconds, rssMb }]) => {
      return [name, { cpuSeconds: rounded(cpuSeconds - (before[name]?.cpuSeconds ?? 0)), rssMb }];
    }),
  );

/** A line for each part; `count` is of what happened, which `what` names. */
export const usedInWords = (used: Record<string, Used>, count: number, what: string): string[] =>
  Object.entries(used).map(([name, { cpuSeconds, rssMb }]) => {
    const micros = rounded((cpuSeconds * 1e6) / Math.max(1, count));
    return `${name.padEnd(9)}${cpuSeconds} CPU s (${micros} µs a ${what}), ${rssMb} MB`;
  });

export const rounded = (value: number): number => Math.round(value * 100) / 100;
