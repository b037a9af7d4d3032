import { readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second for programs, whatever its own clock does. */
const TICKS_PER_SECOND = 100;
/** Of the process itself, and of those that it started, that have ended and that it knows of: user time, then system time. */
const [OWN_TIME_FIELD, ENDED_TIME_FIELD] = [11, 13];
const BYTES_PER_KB = 1024;

/** CPU seconds a process has used so far, in all of its threads (Linux). */
export const cpuSeconds = (pid: number): number => secondsIn(pid, OWN_TIME_FIELD);

/** CPU seconds of processes and of those that they started, which may have ended. */
export function cpuSecondsOf(pids: readonly number[]): number {
  return pids
    .flatMap((pid) => [secondsIn(pid, ENDED_TIME_FIELD), ...[pid, ...childrenOf(pid)].map(cpuSeconds)])
    .reduce((sum, seconds) => sum + seconds, 0);
}

function secondsIn(pid: number, field: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[field]) + Number(fields[field + 1])) / TICKS_PER_SECOND;
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
