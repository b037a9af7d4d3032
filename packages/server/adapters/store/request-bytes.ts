import type { AppendRequest } from '@hongyan/core/ports';

const ID_BYTES = 20;
const MEMBER_BYTES = 200;
const FACTS_BYTES = 2_000;

/** About what a request that waits takes of memory. */
export function requestBytes({ body, header, change }: AppendRequest): number {
  const mentions = header === undefined ? 0 : header.mentionedIds.length * ID_BYTES;
  if (change === undefined) return body.length + mentions;
  const { facts, members } = change;
  return body.length + mentions + FACTS_BYTES + 2 * facts.announcement.length + members.length * MEMBER_BYTES;
}
