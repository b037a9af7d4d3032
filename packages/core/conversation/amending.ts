import {
  type ChangeConversation,
  type Entry,
  type EntryHeader,
  EntryKind,
  ErrorCode,
  type Limits,
  ProtocolError,
  Role,
} from '@hongyan/protocol';
import type { Conversation } from '../log/conversation.ts';
import { REACTION_BYTES_MAX } from './limits.ts';
import { type Action, may } from './permissions.ts';
import { forbidden, invalid, notFound, tooMuch } from './refuse.ts';
import { type Actor, checkMayWrite, checkMentions, memberOf } from './writing.ts';

/** How long after it was sent its sender may change a message. */
export type AmendingPolicy = Pick<Limits, 'editWithinMs' | 'recallWithinMs'>;

export type AmendingKind = typeof EntryKind.EDIT | typeof EntryKind.RECALL | typeof EntryKind.REACTION;

export const isAmending = (kind: EntryKind): kind is AmendingKind =>
  kind === EntryKind.EDIT || kind === EntryKind.RECALL || kind === EntryKind.REACTION;

/**
 * The header of an entry that changes `target`, which is what the actor may read at `target_seq`. Throws ProtocolError when that
 * is not a message any more, or not to be changed so, by the actor, at this time.
 */
export function amendingHeader(
  conversation: Conversation,
  actor: Actor,
  { kind, header, body }: Pick<ChangeConversation, 'header' | 'body'> & { kind: AmendingKind },
  target: Entry | undefined,
  policy: AmendingPolicy,
): EntryHeader {
  const member = memberOf(conversation, actor);
  if (target?.kind !== EntryKind.MESSAGE) throw notFound('there is no such message');
  if (target.body.length === 0) throw notFound('the message was erased');
  const plain = { targetSeq: target.seq, mentionedIds: [], mentionsAll: false, lifetimeMs: 0, livesFromRead: false };
  switch (kind) {
    case EntryKind.REACTION:
      checkMayWrite(conversation, actor);
      if (body.length > REACTION_BYTES_MAX) throw tooMuch(`a reaction has more than ${REACTION_BYTES_MAX} bytes`);
      return plain;
    case EntryKind.EDIT: {
      checkMayWrite(conversation, actor);
      if (target.senderId !== actor.userId) throw forbidden('edit what others wrote');
      if (body.length === 0) throw invalid('an edit without content');
      checkTime(actor, target, policy.editWithinMs);
      if (header !== undefined) checkMentions(conversation, member, header);
      const mentions = { mentionedIds: header?.mentionedIds ?? [], mentionsAll: header?.mentionsAll ?? false };
      return { ...plain, ...mentions, ...lifetimeLeft(actor, target) };
    }
    case EntryKind.RECALL:
      if (body.length > 0) throw invalid('a recall has no body');
      if (target.senderId === actor.userId) {
        if (!may(conversation, member, 'recall-members')) checkTime(actor, target, policy.recallWithinMs);
      } else if (!may(conversation, member, recallOf(conversation, target))) throw forbidden('recall this message');
      return plain;
  }
}

/** MSG-5: who comes to hold an edit without its message knows by it how long it may be kept. */
function lifetimeLeft(
  { nowMs }: Actor,
  { header, serverTimeMs }: Entry,
): Pick<EntryHeader, 'lifetimeMs' | 'livesFromRead'> {
  const { lifetimeMs = 0, livesFromRead = false } = header ?? {};
  if (lifetimeMs === 0 || livesFromRead) return { lifetimeMs, livesFromRead };
  const leftMs = serverTimeMs + lifetimeMs - nowMs;
  if (leftMs <= 0) throw notFound('the message was erased');
  return { lifetimeMs: leftMs, livesFromRead };
}

/** Of somebody who has left, anybody's who may recall at all. */
function recallOf({ memberships }: Conversation, { senderId }: Entry): Action {
  switch (memberships.get(senderId)?.role) {
    case Role.OWNER:
      return 'recall-owners';
    case Role.ADMIN:
      return 'recall-admins';
    default:
      return 'recall-members';
  }
}

function checkTime({ nowMs }: Actor, { serverTimeMs }: Entry, withinMs: number): void {
  if (nowMs - serverTimeMs > withinMs) {
    throw new ProtocolError(ErrorCode.TOO_LATE, `only within ${withinMs} ms after it was sent`);
  }
}
