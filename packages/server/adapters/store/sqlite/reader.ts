import { workerData } from 'node:worker_threads';
import { createAccountReads } from './account-handlers.ts';
import type { Call, Handlers, ReadCalls } from './calls.ts';
import { createCountReads } from './count-reads.ts';
import { openForReading } from './database.ts';
import { createEntryReads } from './entry-reads.ts';
import { createHeadReads } from './head-reads.ts';
import { createMemberReads } from './member-reads.ts';
import { createPositionReads } from './position-reads.ts';
import { answerReads, type ReadBudget } from './read-batch.ts';
import { createRecordReads } from './record-reads.ts';
import { createFinding } from './search/finding.ts';
import { createFindSent } from './sends.ts';
import { serve } from './serve.ts';

export interface ReaderData {
  directory: string;
}

const BUDGET: ReadBudget = { bytesMax: 4 * 1024 * 1024, durationMaxMs: 250 };

/** The thread that reads; it sees each commit as soon as the writer has answered it. */
serve(() => {
  const database = openForReading((workerData as ReaderData).directory);
  const handlers: Handlers<ReadCalls> = {
    sent: createFindSent(database),
    ...createEntryReads(database),
    ...createCountReads(database),
    ...createHeadReads(database),
    ...createMemberReads(database),
    ...createPositionReads(database),
    ...createAccountReads(database),
    ...createRecordReads(database),
    ...createFinding(database),
  };
  return {
    answer: (calls) => answerReads(handlers, calls as Call<ReadCalls>[], BUDGET, () => performance.now()),
    close: () => database.close(),
  };
});
