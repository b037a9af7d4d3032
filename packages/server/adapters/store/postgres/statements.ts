import { accountStatements } from './account-queries.ts';
import * as accountLog from './log/account-log-reads.ts';
import * as advance from './log/advance.ts';
import * as append from './log/append.ts';
import * as appendWrites from './log/append-writes.ts';
import * as reads from './log/reads.ts';
import * as records from './log/records.ts';
import * as userLogs from './log/user-logs.ts';
import { findSecret, keepSecret } from './secrets.ts';
import type { Statement } from './wire/statement.ts';

/**
 * The order of locks, which every transaction keeps, so that no two wait for each other:
 *
 * 1. conversations, by id: those that exist, then those that begin
 * 2. sends, by sender and client message id
 * 3. cursors, by conversation and account
 * 4. device positions, by conversation and device
 * 5. when accounts were seen last, by account
 * 6. user logs, by account
 * 7. accounts and devices, one to a transaction; secrets likewise
 *
 * What is not named here is written only by whoever holds its owner: entries, members and memberships belong to a
 * conversation, user events and account records to a user log. Within a kind, the statement sorts by the bytes of the ids.
 */
export const hotStatements: readonly Statement[] = [
  append.lockConversations,
  append.findSends,
  appendWrites.beginConversations,
  appendWrites.growConversations,
  appendWrites.writeEntries,
  appendWrites.addMembers,
  appendWrites.addMemberships,
  advance.mergeCursors,
  advance.mergePositions,
  userLogs.growUserLogs,
  userLogs.addUserEvents,
  records.findRecords,
  records.saveRecords,
  records.countRecords,
  reads.oldestEntries,
  reads.newestEntries,
  reads.headOf,
  reads.headsOf,
  reads.countOthers,
  reads.positionsIn,
  accountLog.userEventsAfter,
  accountLog.userLastSeq,
  accountLog.recordsAfter,
];

/** What every connection prepares. */
export const statements: readonly Statement[] = [
  ...hotStatements,
  ...accountStatements,
  advance.mergeSeen,
  accountLog.lastSeenOf,
  keepSecret,
  findSecret,
];
