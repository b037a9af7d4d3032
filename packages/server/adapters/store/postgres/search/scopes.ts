import type { SearchScope } from '@hongyan/core/ports';
import { integer, text } from '../wire/columns.ts';
import type { Row, Statement } from '../wire/statement.ts';

/** Alone among the statements of search it is for the lanes that read. */
export const searchScopes: Statement = {
  name: 'search_scopes',
  text: `SELECT s.conversation_id, CASE m.until_seq WHEN 0 THEN c.last_seq ELSE m.until_seq END, c.last_time_ms
    FROM memberships s JOIN conversations c ON c.conversation_id = s.conversation_id
    JOIN members m ON m.conversation_id = s.conversation_id AND m.user_id = s.user_id
    WHERE s.user_id = $1 ORDER BY c.last_time_ms DESC, s.conversation_id LIMIT $2::bigint`,
};

export const scopeOf = (row: Row): SearchScope => ({
  conversationId: text(row, 0),
  lastSeq: integer(row, 1),
  lastTimeMs: integer(row, 2),
});
