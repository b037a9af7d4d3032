import { readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second for programs, whatever its own clock does. */
const TICKS_PER_SECOND = 100;
const UTIME_FIELD = 11;
const BYTES_PER_KB = 1024;

/** CPU seconds a process has used so far, in all of its threads (Linux). */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[UTIME_FIELD]) + Number(fields[UTIME_FIELD + 1])) / TICKS_PER_SECOND;
}

/** CPU seconds of processes and of those that they started and that still run. */
export function cpuSecondsOf(pids: readonly number[]): number {
  return pids.flatMap((pid) => [pid, ...childrenOf(pid)]).reduce((sum, pid) => sum + cpuSeconds(pid), 0);
}

function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

/** Memory of a process that is in RAM (Linux). */
export function rssBytes(pid: number): number {
  const [, kb] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
  if (kb === undefined) throw new Error(`process ${pid} has no memory: it has ended`);
  return Number(kb) * BYTES_PER_KB;
}
