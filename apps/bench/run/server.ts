import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Door } from '../client/link.ts';
import { NodeProcess } from './node-process.ts';

/** The server as anybody would start it: one process, with an empty temporary directory. */
export class ServerProcess {
  readonly #node: NodeProcess;
  readonly #data: string;

  constructor(node: NodeProcess, data: string) {
    this.#node = node;
    this.#data = data;
  }

  get pid(): number {
    return this.#node.pid;
  }

  get port(): number {
    return this.door.port;
  }

  get door(): Door {
    return this.#node.door;
  }

  /** A new process on the same data: what the old one was busy with is not in its memory. The ports are others. */
  restart(): Promise<void> {
    return this.#node.restart();
  }

  /** Kills it and starts a new process on the same data and ports, as a supervisor would. */
  crash(): Promise<void> {
    return this.#node.crash();
  }

  /** Ends it and removes its data. Resolves when both are gone. */
  async stop(): Promise<void> {
    await this.#node.stop();
    await rm(this.#data, { recursive: true, force: true });
  }
}

export async function startServerProcess(): Promise<ServerProcess> {
  const data = await mkdtemp(join(tmpdir(), 'hongyan-bench-'));
  try {
    return new ServerProcess(await NodeProcess.start({ data }), data);
  } catch (error) {
    await rm(data, { recursive: true, force: true });
    throw error;
  }
}
