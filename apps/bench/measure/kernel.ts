import { readFile } from 'node:fs/promises';

const BYTES_PER_KB = 1024;
const BYTES_PER_PAGE = 4096;

/** What the kernel uses for its objects and for what is in sockets, in bytes (Linux). */
export async function kernelMemory(): Promise<number> {
  const meminfo = await readFile('/proc/meminfo', 'latin1');
  const sockstat = await readFile('/proc/net/sockstat', 'latin1');
  const kb = Number(/^SUnreclaim:\s+(\d+) kB$/m.exec(meminfo)?.[1] ?? 0);
  const pages = Number(/^TCP: .* mem (\d+)$/m.exec(sockstat)?.[1] ?? 0);
  return kb * BYTES_PER_KB + pages * BYTES_PER_PAGE;
}
