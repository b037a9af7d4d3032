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

  /** Behind what is in the index; answers how many entries were passed. */
  function goOn(progress: Progress, lastSeq: number, limit: number): number {
    const { conversationId, throughSeq } = progress;
    const end = Math.min(throughSeq + limit, lastSeq);
    const { taken, next } = fitting(upwards(conversationId, throughSeq, end));
    for (const message of taken) rows.add(progress, message);
    const reached = next === undefined ? end : next.seq - 1;
    progressWrites.save({ ...progress, throughSeq: reached });
    return reached - throughSeq;
  }

  /** Before what is in the index. */
  function goBack(progress: Progress, limit: number): number {
    const { conversationId, afterSeq } = progress;
    const end = Math.max(afterSeq - limit, 0);
    const { taken, next } = fitting(downwards(conversationId, end, afterSeq));
    for (const message of taken.reverse()) rows.add(progress, message);
    const reached = next === undefined ? end : next.seq;
    progressWrites.save({ ...progress, afterSeq: reached });
    return afterSeq - reached;
  }

  return {
    index(limit) {
      const most = Math.max(limit, 1);
      const conversationId = waiting.first();
      if (conversationId === undefined) {
        const unfinished = findUnfinished();
        return unfinished === undefined ? 0 : goBack(unfinished, most);
      }
      const progress = findProgress(conversationId) ?? progressWrites.begin(conversationId);
      const { lastSeq } = conversations.get(conversationId);
      const passed = goOn(progress, lastSeq, most);
      waiting.served(conversationId, progress.throughSeq + passed < lastSeq);
      return passed;
    },
  };
}

/** The first ones, and which one comes next when it was left out for its size. */
function fitting(messages: Iterable<IndexedMessage>): { taken: IndexedMessage[]; next: IndexedMessage | undefined } {
  const taken: IndexedMessage[] = [];
  let bytes = 0;
  for (const message of messages) {
    bytes += message.body.length;
    if (taken.length > 0 && bytes > BYTES_MAX) return { taken, next: message };
    taken.push(message);
  }
  return { taken, next: undefined };
}
