import { accountStatements } from './account-queries.ts';
import * as accountLog from './log/account-log-reads.ts';
import * as advance from './log/advance.ts';
import * as append from './log/append.ts';
import * as appendWrites from './log/append-writes.ts';
import * as changeWrites from './log/change-writes.ts';
import * as counts from './log/count-reads.ts';
import { findTargets } from './log/entry-effects.ts';
import * as entries from './log/entry-reads.ts';
import { eraseMessages } from './log/erase-writes.ts';
import * as expire from './log/expire.ts';
import * as heads from './log/head-reads.ts';
import * as lifetimes from './log/lifetime-writes.ts';
import { findMembers } from './log/member-changes.ts';
import * as members from './log/member-reads.ts';
import * as memberWrites from './log/member-writes.ts';
import * as mentions from './log/mention-writes.ts';
import { positionsIn } from './log/position-reads.ts';
import * as records from './log/records.ts';
import * as userLogs from './log/user-logs.ts';
import { findCandidates, findWindows } from './search/candidates.ts';
import * as indexWrites from './search/index-writes.ts';
import * as indexing from './search/indexing.ts';
import { searchScopes } from './search/scopes.ts';
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
 * 6. lifetimes, by conversation and message
 * 7. user logs, by account
 * 8. accounts, devices and API keys, one to a transaction or by id; an external id before its account; secrets alone
 *
 * What is not named here is written only by whoever holds its owner: entries, changes of messages, mentions, facts, members
 * and memberships and what is in the index and waits for it belong to a conversation, user events and account records to
 * a user log. Within a kind, the statement sorts by the bytes of the ids.
 */
export const hotStatements: readonly Statement[] = [
  append.lockConversations,
  append.findSends,
  appendWrites.beginConversations,
  appendWrites.growConversations,
  appendWrites.writeEntries,
  appendWrites.writeHeadedEntries,
  findTargets,
  changeWrites.addChanges,
  changeWrites.supersedeChanges,
  eraseMessages,
  mentions.clearMentions,
  mentions.addMentions,
  lifetimes.addLifetimes,
  lifetimes.endLifetimes,
  indexWrites.addWaiting,
  indexWrites.changeIndexed,
  indexWrites.removeIndexed,
  findMembers,
  memberWrites.changeConversations,
  memberWrites.saveFacts,
  memberWrites.saveMembers,
  memberWrites.addMemberships,
  expire.findDue,
  expire.lockDue,
  advance.mergeCursors,
  advance.mergePositions,
  lifetimes.startLifetimes,
  userLogs.growUserLogs,
  userLogs.addUserEvents,
  records.findRecords,
  records.saveRecords,
  records.countRecords,
  entries.oldestEntries,
  entries.newestEntries,
  entries.oldestVisible,
  entries.newestVisible,
  entries.allChanges,
  entries.standingChanges,
  entries.allVisibleChanges,
  entries.standingVisibleChanges,
  heads.headOf,
  heads.headsOf,
  heads.headFor,
  heads.factsOf,
  members.memberOf,
  members.membersPage,
  members.membersNamed,
  counts.countOthers,
  counts.countMentions,
  positionsIn,
  searchScopes,
  accountLog.userEventsAfter,
  accountLog.userLastSeq,
  accountLog.recordsAfter,
];

/** What the connection that searches prepares, and no other. */
export const searchStatements: readonly Statement[] = [
  append.lockConversations,
  indexing.findUnindexed,
  indexing.lockFree,
  indexing.readUnindexed,
  indexWrites.addIndexed,
  indexing.saveProgress,
  indexing.endWaiting,
  indexing.waitAgain,
  findWindows,
  findCandidates,
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
