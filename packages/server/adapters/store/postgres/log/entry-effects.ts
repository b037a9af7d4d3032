import type { AppendRequest } from '@hongyan/core/ports';
import { EntryKind, type UserId } from '@hongyan/protocol';
import { changedSeq, erasedEditHeader, lifetimeOf, mentionedBy, NO_BYTES } from '../../entry-effects.ts';
import { changeIndexedCalls } from '../search/index-writes.ts';
import { integer, text } from '../wire/columns.ts';
import { type Call, call, type Row, type Statement } from '../wire/statement.ts';
import { changeCalls, type MessageChange } from './change-writes.ts';
import { eraseCalls } from './erase-writes.ts';
import { type Lifetime, lifetimeCalls } from './lifetime-writes.ts';
import { clearMentionsCalls, type Mentioning, mentionCalls } from './mention-writes.ts';
import { keyOf, type MessagePlace, placesOf } from './message-place.ts';
import type { Placed } from './placement.ts';

/** The messages among these entries. */
export const findTargets: Statement = {
  name: 'find_targets',
  text: `SELECT e.conversation_id, e.seq, e.sender_id, octet_length(e.body), e.server_time_ms
    FROM unnest($1::text[], $2::bigint[]) AS k(conversation_id, seq)
    JOIN entries e ON e.conversation_id = k.conversation_id AND e.seq = k.seq WHERE e.kind = ${EntryKind.MESSAGE}`,
};

interface Target extends MessagePlace {
  senderId: UserId;
  isErased: boolean;
  serverTimeMs: number;
}

/** The messages that entries edit; no call when none does. */
export function lookForTargets(requests: readonly AppendRequest[]): Call[] {
  const targets = requests.flatMap((request) => {
    const targetSeq = request.kind === EntryKind.EDIT ? changedSeq(request) : undefined;
    return targetSeq === undefined ? [] : [{ conversationId: request.conversationId, seq: targetSeq }];
  });
  return targets.length === 0 ? [] : [call(findTargets, ...placesOf(targets))];
}

/** What the entries of a batch come to beside themselves: changes of messages, mentions and lifetimes. */
export class EntryEffects {
  /** The messages that are edited, by their place, and those that were placed meanwhile. */
  readonly #targets: Map<string, Target>;
  readonly #isEditing: boolean;
  readonly #changes: MessageChange[] = [];
  readonly #erased = new Map<string, MessagePlace>();
  /** As they read now. */
  readonly #edited = new Map<string, Target & { body: Uint8Array }>();
  readonly #mentions = new Map<string, Mentioning>();
  readonly #lifetimes = new Map<string, Lifetime>();

  constructor(found: readonly Row[], isEditing: boolean) {
    this.#isEditing = isEditing;
    this.#targets = new Map(
      found.map((row) => {
        const place = { conversationId: text(row, 0), seq: integer(row, 1) };
        return [
          keyOf(place),
          { ...place, senderId: text(row, 2), isErased: integer(row, 3) === 0, serverTimeMs: integer(row, 4) },
        ];
      }),
    );
  }

  /** Takes what the entry at `seq` comes to, and answers what is kept of it. */
  take(request: AppendRequest, seq: number): Placed {
    const { conversationId, kind, senderId, body, header } = request;
    const placed = { request, seq, body, header };
    if (kind === EntryKind.MESSAGE) {
      if (header !== undefined || this.#isEditing) this.#takeMessage(request, seq);
      return placed;
    }
    const targetSeq = changedSeq(request);
    if (targetSeq === undefined) return placed;
    const target = { conversationId, seq: targetSeq };
    this.#changes.push({ conversationId, targetSeq, seq, kind, senderId });
    if (kind === EntryKind.RECALL) this.#erase(target);
    return kind === EntryKind.EDIT ? this.#takeEdit(placed, target) : placed;
  }

  #takeMessage(request: AppendRequest, seq: number): void {
    const { conversationId, senderId, serverTimeMs, body, header } = request;
    // An empty one is as one that was erased.
    const message = { conversationId, seq, senderId, isErased: body.length === 0, serverTimeMs };
    const key = keyOf(message);
    this.#targets.set(key, message);
    if (message.isErased) return;
    this.#mentions.set(key, { message, userIds: mentionedBy(header, senderId) });
    const lifetime = lifetimeOf(request);
    if (lifetime === undefined) return;
    const { lifetimeMs, fromSent } = lifetime;
    this.#lifetimes.set(key, { message, lifetimeMs, dueAtMs: fromSent ? serverTimeMs + lifetimeMs : 0 });
  }

  #takeEdit(placed: Placed, place: MessagePlace): Placed {
    const key = keyOf(place);
    const message = this.#targets.get(key);
    if (message === undefined) return placed;
    if (message.isErased) return { ...placed, body: NO_BYTES, header: erasedEditHeader(place.seq) };
    this.#edited.set(key, { ...message, body: placed.body });
    this.#mentions.set(key, { message, userIds: mentionedBy(placed.header, message.senderId) });
    return placed;
  }

  #erase(place: MessagePlace): void {
    const key = keyOf(place);
    const message = this.#targets.get(key);
    if (message !== undefined) this.#targets.set(key, { ...message, isErased: true });
    this.#erased.set(key, place);
    this.#mentions.delete(key);
    this.#lifetimes.delete(key);
  }

  /** Behind those that write the entries. */
  calls(): Call[] {
    return [
      ...changeCalls(this.#changes),
      ...changeIndexedCalls([...this.#edited.values()]),
      ...eraseCalls([...this.#erased.values()]),
      ...clearMentionsCalls([...this.#edited.values()]),
      ...mentionCalls([...this.#mentions.values()]),
      ...lifetimeCalls([...this.#lifetimes.values()]),
    ];
  }
}
