import type { AppendRequest } from '@hongyan/core/ports';
import { EntryKind, type UserId } from '@hongyan/protocol';
import { changedSeq, erasedEditHeader, lifetimeOf, mentionedBy, NO_BYTES } from '../../entry-effects.ts';
import { changeIndexedCalls } from '../search/index-writes.ts';
import { integers, texts } from '../wire/arrays.ts';
import { integer, text } from '../wire/columns.ts';
import { type Call, call, type Row, type Statement } from '../wire/statement.ts';
import {
  addChanges,
  addLifetimes,
  addMentions,
  clearMentionsCalls,
  eraseCalls,
  type MessagePlace,
  supersedeChanges,
} from './effect-writes.ts';
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

interface MessageChange extends MessagePlace {
  targetSeq: number;
  kind: EntryKind;
  senderId: UserId;
}

/** The messages that entries edit; no call when none does. */
export function lookForTargets(requests: readonly AppendRequest[]): Call[] {
  const targets = requests.flatMap((request) => {
    const targetSeq = request.kind === EntryKind.EDIT ? changedSeq(request) : undefined;
    return targetSeq === undefined ? [] : [{ conversationId: request.conversationId, seq: targetSeq }];
  });
  if (targets.length === 0) return [];
  const conversationIds = texts(targets.map(({ conversationId }) => conversationId));
  return [call(findTargets, conversationIds, integers(targets.map(({ seq }) => seq)))];
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
  readonly #mentions = new Map<string, { message: Target; userIds: readonly string[] }>();
  readonly #lifetimes = new Map<string, { message: Target; lifetimeMs: number; dueAtMs: number }>();

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
      ...this.#mentionCalls(),
      ...this.#lifetimeCalls(),
    ];
  }

  #mentionCalls(): Call[] {
    const mentions = [...this.#mentions.values()].flatMap(({ message, userIds }) =>
      userIds.map((userId) => ({ ...message, userId })),
    );
    if (mentions.length === 0) return [];
    return [
      call(
        addMentions,
        texts(mentions.map(({ conversationId }) => conversationId)),
        integers(mentions.map(({ seq }) => seq)),
        texts(mentions.map(({ userId }) => userId)),
        texts(mentions.map(({ senderId }) => senderId)),
      ),
    ];
  }

  #lifetimeCalls(): Call[] {
    const lifetimes = [...this.#lifetimes.values()];
    if (lifetimes.length === 0) return [];
    return [
      call(
        addLifetimes,
        texts(lifetimes.map(({ message }) => message.conversationId)),
        integers(lifetimes.map(({ message }) => message.seq)),
        texts(lifetimes.map(({ message }) => message.senderId)),
        integers(lifetimes.map(({ lifetimeMs }) => lifetimeMs)),
        integers(lifetimes.map(({ dueAtMs }) => dueAtMs)),
      ),
    ];
  }
}

/** Every sender there may be. */
const ANYBODY = { from: '', to: '\u{10ffff}' };

function changeCalls(changes: readonly MessageChange[]): Call[] {
  if (changes.length === 0) return [];
  const standing = new Map<string, { change: MessageChange; senders: typeof ANYBODY }>();
  for (const change of changes) {
    const { conversationId, targetSeq, kind, senderId } = change;
    if (kind === EntryKind.RECALL) continue;
    const senders = kind === EntryKind.EDIT ? ANYBODY : { from: senderId, to: senderId };
    standing.set([conversationId, targetSeq, kind, senders.from].join('\n'), { change, senders });
  }
  const added = call(addChanges, ...columnsOf(changes), texts(changes.map(({ senderId }) => senderId)));
  if (standing.size === 0) return [added];
  const superseding = [...standing.values()];
  return [
    added,
    call(
      supersedeChanges,
      ...columnsOf(superseding.map(({ change }) => change)),
      texts(superseding.map(({ senders }) => senders.from)),
      texts(superseding.map(({ senders }) => senders.to)),
    ),
  ];
}

const columnsOf = (changes: readonly MessageChange[]) => [
  texts(changes.map(({ conversationId }) => conversationId)),
  integers(changes.map(({ targetSeq }) => targetSeq)),
  integers(changes.map(({ seq }) => seq)),
  integers(changes.map(({ kind }) => kind)),
];

const keyOf = ({ conversationId, seq }: MessagePlace): string => `${conversationId}\n${seq}`;
