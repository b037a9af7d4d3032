import type { OthersQuery } from '@hongyan/core/ports';
import { EntryKind } from '@hongyan/protocol';
import { EVERYBODY } from '../../entry-effects.ts';
import { type Call, call, type Statement } from '../wire/statement.ts';
import { atLeastZero } from './bounds.ts';

/** What is counted, and how far the scan goes, are two bounds; the newest come first in both. */
export const countOthers: Statement = {
  name: 'count_others',
  text: `SELECT count(*) FROM (
      SELECT 1 FROM (
        SELECT kind, sender_id, octet_length(body) AS byte_count FROM entries
        WHERE conversation_id = $1 AND seq > $2::bigint AND seq <= $3::bigint ORDER BY seq DESC LIMIT $4::bigint
      ) AS seen WHERE kind = ${EntryKind.MESSAGE} AND sender_id <> $5 AND byte_count > 0 LIMIT $6::bigint
    ) AS others`,
};

/** The pairs are compared as they stand in the primary key, so that no other index is taken to be as good. */
const mentioning = (who: string): string => `(SELECT 1 FROM mentions
      WHERE conversation_id = $1 AND user_id = ${who} AND sender_id <> $2
        AND (user_id, seq) > (${who}, $3::bigint) AND (user_id, seq) <= (${who}, $4::bigint)
      LIMIT $5::bigint)`;

/** A message that mentions everybody has no other row, so nothing is counted twice. */
export const countMentions: Statement = {
  name: 'count_mentions',
  text: `SELECT least(count(*), $5::bigint) FROM (
      ${mentioning('$2')} UNION ALL ${mentioning(`'${EVERYBODY}'`)}
    ) AS mentioning`,
};

export function othersCall({ conversationId, userId, afterSeq, throughSeq, max, scanMax }: OthersQuery): Call {
  const range = [String(afterSeq), String(throughSeq), atLeastZero(scanMax)] as const;
  return call(countOthers, conversationId, ...range, userId, atLeastZero(max));
}

export const mentionsCall = ({ conversationId, userId, afterSeq, throughSeq, max }: Omit<OthersQuery, 'scanMax'>) =>
  call(countMentions, conversationId, userId, String(afterSeq), String(throughSeq), atLeastZero(max));
