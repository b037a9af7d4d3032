import type { Database } from 'better-sqlite3';
import type { IndexedMessage } from '../../search/terms.ts';
import type { Handlers, WriteCalls } from '../calls.ts';
import type { ConversationRows } from '../conversation-rows.ts';
import { createIndexRows } from './index-rows.ts';
import { createReadMessages } from './messages.ts';
import { createFindProgress, createFindUnfinished, createProgressWrites, type Progress } from './progress.ts';
import type { WaitingConversations } from './waiting.ts';

/** Of the bodies taken in at once, so that who writes behind it does not wait long, however long the messages are. */
const BYTES_MAX = 32 * 1024;

/** Takes entries into the index, inside the caller's transaction. */
export function createIndexing(
  database: Database,
  conversations: ConversationRows,
  waiting: WaitingConversations,
): Handlers<Pick<WriteCalls, 'index'>> {
  const findProgress = createFindProgress(database);
  const findUnfinished = createFindUnfinished(database);
  const progressWrites = createProgressWrites(database);
  const rows = createIndexRows(database);
  const upwards = createReadMessages(database, 'ASC');
  const downwards = createReadMessages(database, 'DESC');

  /** Of the conversation whose turn it is; answers how many entries were passed. */
  function takeStep(budget: Budget): number {
    const conversationId = waiting.first();
    if (conversationId === undefined) {
      const unfinished = findUnfinished();
      return unfinished === undefined ? 0 : goBack(unfinished, budget);
    }
    const progress = findProgress(conversationId) ?? progressWrites.begin(conversationId);
    const { lastSeq } = conversations.get(conversationId);
    const passed = goOn(progress, lastSeq, budget);
    waiting.served(conversationId, progress.throughSeq + passed < lastSeq);
    return passed;
  }

  /** Behind what is in the index. */
  function goOn(progress: Progress, lastSeq: number, budget: Budget): number {
    const { conversationId, throughSeq } = progress;
    const end = Math.min(throughSeq + budget.entries, lastSeq);
    const { taken, next } = fitting(upwards(conversationId, throughSeq, end), budget);
    for (const message of taken) rows.add(progress, message);
    const reached = next === undefined ? end : next.seq - 1;
    progressWrites.save({ ...progress, throughSeq: reached });
    return reached - throughSeq;
  }

  /** Before what is in the index. */
  function goBack(progress: Progress, budget: Budget): number {
    const { conversationId, afterSeq } = progress;
    const end = Math.max(afterSeq - budget.entries, 0);
    const { taken, next } = fitting(downwards(conversationId, end, afterSeq), budget);
    for (const message of taken.reverse()) rows.add(progress, message);
    const reached = next === undefined ? end : next.seq;
    progressWrites.save({ ...progress, afterSeq: reached });
    return afterSeq - reached;
  }

  return {
    index(limit) {
      const budget = { entries: Math.max(limit, 1), bytes: BYTES_MAX };
      let passed = 0;
      for (let step = -1; step !== 0 && budget.entries > 0 && budget.bytes > 0; passed += step) {
        step = takeStep(budget);
        budget.entries -= step;
      }
      return passed;
    },
  };
}

/** What is left of one call. */
interface Budget {
  entries: number;
  bytes: number;
}

interface Fitting {
  taken: IndexedMessage[];
  next: IndexedMessage | undefined;
}

/** The first ones, and which one comes next when it was left out for its size. */
function fitting(messages: Iterable<IndexedMessage>, budget: Budget): Fitting {
  const taken: IndexedMessage[] = [];
  for (const message of messages) {
    if (taken.length > 0 && budget.bytes < message.body.length) return { taken, next: message };
    budget.bytes -= message.body.length;
    taken.push(message);
  }
  return { taken, next: undefined };
}
