import { readFile } from 'node:fs/promises';

/**
 * A program that runs or ran. Its pid alone is given to other programs after it died, in a container that starts again to
 * the very next one; with the machine's boot and the moment it started, nobody else is ever named so. Those are known
 * where there is a `/proc`.
 */
export interface ProcessIdentity {
  pid: number;
  bootId?: string;
  /** In ticks since the boot. */
  startTime?: string;
}

export async function identityOf(pid: number): Promise<ProcessIdentity> {
  const [bootId, stat] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => undefined),
    readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined),
  ]);
  if (bootId === undefined || stat === undefined) return { pid };
  const startTime = startTimeIn(stat);
  return { pid, bootId: bootId.trim(), ...(startTime === undefined ? {} : { startTime }) };
}

/** Field 22 of `/proc/<pid>/stat`. The second is the program's name in brackets, which may hold spaces and brackets. */
export function startTimeIn(stat: string): string | undefined {
  const fromThird = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fromThird[22 - 3];
}

/** What is known of it agrees with a program that is alive. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  if (!hasProcess(identity.pid)) return false;
  const now = await identityOf(identity.pid);
  return agrees(identity.bootId, now.bootId) && agrees(identity.startTime, now.startTime);
}

const agrees = (then: string | undefined, now: string | undefined) =>
  then === undefined || now === undefined || then === now;

function hasProcess(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export const encodeIdentity = (identity: ProcessIdentity): string => JSON.stringify(identity);

/** Programs of earlier versions wrote their pid alone. A text that names no program is that of none that is alive. */
export function decodeIdentity(text: string): ProcessIdentity {
  try {
    const written: unknown = JSON.parse(text);
    if (typeof written === 'number') return { pid: written };
    if (typeof written === 'object' && written !== null && 'pid' in written) return written as ProcessIdentity;
  } catch {
    // Torn, or not ours.
  }
  return { pid: 0 };
}
