import type { Store } from '@hongyan/core/ports';
import type { Call, Outcome, ReadCalls, WriteCalls } from './calls.ts';
import type { ReaderData } from './reader.ts';
import { startWorker } from './start-worker.ts';
import { createStore } from './store.ts';
import { type QueueLimits, WorkerQueue } from './worker-queue.ts';
import { packWrites, unpackAnswer, type WriteAnswer } from './write-batch.ts';
import type { WriterData } from './writer.ts';

export { type OpenFailure, StoreOpenError } from '../open-error.ts';

export interface SqliteStoreOptions {
  /** An existing directory that no other process uses; the store keeps all of its files there. */
  directory: string;
  /** The store has failed for good and rejects everything from now on: log it and end the process. Told once. */
  onFatal?: (error: Error) => void;
  /** Past this size of the database file writes reject with `unavailable` (`disk-full`); 0 (default): the disk decides. */
  databaseBytesMax?: number;
  /** Calls waiting in each of the two threads' queues (default 20,000); one more is refused with `unavailable`. */
  queueDepthMax?: number;
}

const QUEUE_DEPTH_MAX = 20_000;
const QUEUE_BYTES_MAX = 64 * 1024 * 1024;
/** Many writes share one fsync; reads share nothing, and small batches let everybody be heard. */
const WRITE_BATCH_CALLS_MAX = 1000;
const READ_BATCH_CALLS_MAX = 32;
const BATCH_DEADLINE_MS = 30_000;

/**
 * A Store in one SQLite database: a thread that writes with group commit, and a thread that reads.
 * Rejects with StoreOpenError when the directory is in use, or was written by a newer program.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { directory, onFatal, databaseBytesMax = 0, queueDepthMax = QUEUE_DEPTH_MAX } = options;
  const writer = await startWorker(new URL('./writer.ts', import.meta.url), {
    directory,
    databaseBytesMax,
  } satisfies WriterData);
  const reader = await startWorker(new URL('./reader.ts', import.meta.url), { directory } satisfies ReaderData).catch(
    async (error) => {
      await writer.terminate();
      throw error;
    },
  );

  let failed = false;
  function fail(error: Error): void {
    if (failed) return;
    failed = true;
    void Promise.all([writer.terminate(), reader.terminate()]);
    onFatal?.(error);
  }

  const limits = (batchCallsMax: number): QueueLimits => ({
    callsMax: queueDepthMax,
    bytesMax: QUEUE_BYTES_MAX,
    batchCallsMax,
    batchDeadlineMs: BATCH_DEADLINE_MS,
  });
  const writes = new WorkerQueue<Call<WriteCalls>>(
    writer,
    { pack: packWrites, unpackAnswer: (call, answer) => unpackAnswer(call, answer as WriteAnswer) },
    limits(WRITE_BATCH_CALLS_MAX),
    fail,
  );
  const reads = new WorkerQueue<Call<ReadCalls>>(
    reader,
    { pack: (calls) => calls, unpackAnswer: (_call, answer) => answer as Outcome },
    limits(READ_BATCH_CALLS_MAX),
    fail,
  );
  return createStore(writes, reads);
}
