import type { ConversationId, Cursor, Entry } from '@hongyan/protocol';
import type { Cursors, Logs } from '../../../packages/testkit/checkers/index.ts';
import { RawConnection, type Target } from '../../wire/raw-connection.ts';

/** Who may read a conversation. */
export interface Reader {
  accessToken: string;
  conversationIds: readonly ConversationId[];
}

const PAGE = 200;

/** What the server has, asked for past all clients: with bytes, over a connection of its own. */
export async function readLogs(target: Target, readers: readonly Reader[]): Promise<{ logs: Logs; cursors: Cursors }> {
  const logs = new Map<ConversationId, readonly Entry[]>();
  const cursors = new Map<ConversationId, readonly Cursor[]>();
  for (const { accessToken, conversationIds } of readers) {
    const unread = conversationIds.filter((conversationId) => !logs.has(conversationId));
    if (unread.length === 0) continue;
    const connection = await RawConnection.open(target, 'tcp');
    try {
      await connection.signIn(accessToken);
      for (const conversationId of unread) {
        const entries = await readLog(connection, conversationId);
        if (entries.length === 0) continue;
        logs.set(conversationId, entries);
        cursors.set(conversationId, await readCursors(connection, conversationId));
      }
    } finally {
      connection.end();
    }
  }
  return { logs, cursors };
}

async function readLog(connection: RawConnection, conversationId: ConversationId): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (;;) {
    const afterSeq = entries.length;
    const value = { conversationId, afterSeq, beforeSeq: 0, limit: PAGE };
    connection.command({ id: 2, body: { case: 'fetchEntries', value } });
    const reply = await connection.reply(2);
    if (reply.case === 'error') return entries;
    if (reply.case !== 'entryPage') throw new Error(`the log was answered with ${reply.case}`);
    entries.push(...reply.value.entries);
    if (reply.value.entries.length === 0 || entries.length >= reply.value.lastSeq) return entries;
  }
}

async function readCursors(connection: RawConnection, conversationId: ConversationId): Promise<Cursor[]> {
  connection.command({ id: 3, body: { case: 'fetchConversation', value: { conversationId, limit: 1 } } });
  const reply = await connection.reply(3);
  if (reply.case !== 'conversationUpdate') throw new Error(`the conversation was answered with ${reply.case}`);
  return reply.value.state?.cursors ?? [];
}
