import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type OpenFailure, StoreOpenError } from '../open-error.ts';

/** A thread's first message. */
export type Started = { ready: true } | { ready: false; reason: OpenFailure; message: string };

/** Starts a thread and waits until it has opened its files. Rejects with StoreOpenError. */
export async function startWorker(file: URL, workerData: unknown): Promise<Worker> {
  const worker = new Worker(file, { workerData, execArgv: [] });
  try {
    const [started] = (await once(worker, 'message')) as [Started];
    if (started.ready) return worker;
    throw new StoreOpenError(started.reason, started.message);
  } catch (error) {
    await worker.terminate();
    if (error instanceof StoreOpenError) throw error;
    throw new StoreOpenError('failed', 'the store thread did not start', { cause: error });
  }
}
