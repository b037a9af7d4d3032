import { workerData } from 'node:worker_threads';
import { createAccountReads } from './account-reads.ts';
import { type Call, dispatch, type Handlers, type Outcome, type ReadCalls } from './calls.ts';
import { openForReading } from './database.ts';
import { createLogReads } from './log-reads.ts';
import { serve } from './serve.ts';

export interface ReaderData {
  directory: string;
}

/** The thread that reads; it sees each commit as soon as the writer has answered it. */
serve(() => {
  const database = openForReading((workerData as ReaderData).directory);
  const handlers: Handlers<ReadCalls> = { ...createLogReads(database), ...createAccountReads(database) };

  function answer(call: Call<ReadCalls>): Outcome {
    try {
      return { ok: true, value: dispatch(handlers, call) };
    } catch (error) {
      return { ok: false, kind: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  return {
    answer: (calls) => (calls as Call<ReadCalls>[]).map(answer),
    close: () => database.close(),
  };
});
