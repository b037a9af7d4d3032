import { workerData } from 'node:worker_threads';
import { createAccountWrites } from './account-handlers.ts';
import { createAdvance } from './advance.ts';
import { createAppend } from './append.ts';
import { dispatch, type Handlers, type WriteCalls } from './calls.ts';
import { ConversationRows } from './conversation-rows.ts';
import { lockDirectory, openForWriting } from './database.ts';
import { createGroupCommit } from './group-commit.ts';
import { createExpire } from './lifetimes.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { createRecordWrites } from './record-writes.ts';
import { createIndexing } from './search/indexing.ts';
import { WaitingConversations } from './search/waiting.ts';
import { createSecretWrites } from './secret-writes.ts';
import { serve } from './serve.ts';
import { createAddUserEvent } from './user-events.ts';
import { packAnswer, unpackWrites, type WriteBatch } from './write-batch.ts';

export interface WriterData {
  directory: string;
  databaseBytesMax: number;
}

/** The thread that holds the directory and writes: one batch, one transaction, one fsync. */
serve(() => {
  const { directory, databaseBytesMax } = workerData as WriterData;
  const lock = lockDirectory(directory);
  const database = openForWriting(directory, databaseBytesMax);
  migrate(database, migrations);

  const addUserEvent = createAddUserEvent(database);
  const rows = new ConversationRows(database);
  const waiting = new WaitingConversations(database);
  const commitTogether = createGroupCommit(database, [rows, waiting]);
  const handlers: Handlers<WriteCalls> = {
    append: createAppend(database, { rows, waiting, addUserEvent }),
    advance: createAdvance(database, addUserEvent),
    ...createExpire(database),
    ...createIndexing(database, rows, waiting),
    ...createAccountWrites(database, addUserEvent),
    ...createRecordWrites(database, addUserEvent),
    ...createSecretWrites(database),
  };

  return {
    answer(batch) {
      const calls = unpackWrites(batch as WriteBatch);
      const outcomes = commitTogether(calls.map((call) => () => dispatch(handlers, call)));
      return outcomes.map((outcome, at) => {
        const call = calls[at];
        return call === undefined ? outcome : packAnswer(call, outcome);
      });
    },
    close() {
      database.pragma('wal_checkpoint(TRUNCATE)');
      database.close();
      lock.close();
    },
  };
});
