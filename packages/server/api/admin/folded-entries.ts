import {
  decodeConversationChange,
  decodeGroupCreated,
  decodeReaction,
  type Entry,
  EntryKind,
  type EntryPage,
  SYSTEM_USER_ID,
  type UserId,
} from '@hongyan/protocol';
import { z } from 'zod';
import { contentIn, contentSchema, decoded } from './content-json.ts';

const changeSchema = z.object({
  what: z.string().describe('As in `ConversationChange` of the protocol: `name`, `membersAdded`, …'),
  userIds: z.array(z.string()).optional().describe('Whom it is about'),
  value: z.union([z.string(), z.number()]).optional(),
});

export const entrySchema = z
  .object({
    seq: z.int(),
    kind: z.enum(['message', 'group-created', 'conversation-changed']),
    senderId: z.string(),
    bySystem: z.boolean(),
    clientTimeMs: z.int(),
    serverTimeMs: z.int(),
    content: contentSchema.optional().describe('Of a message: what it says now; absent when it was erased'),
    erased: z.boolean(),
    editedAtMs: z.int().optional(),
    replyToSeq: z.int().optional(),
    mentionedIds: z.array(z.string()),
    mentionsAll: z.boolean(),
    reactions: z.array(z.object({ userId: z.string(), emoji: z.array(z.string()) })),
    name: z.string().optional().describe('Of a group that was made'),
    change: changeSchema.optional().describe('Of the conversation'),
  })
  .meta({ id: 'Entry' });
export type EntryJson = z.output<typeof entrySchema>;

/** A page of a log as people see it: its messages with what changed them (MSG-1), and what happened to the conversation. */
export function foldedEntries({ entries, changes }: Pick<EntryPage, 'entries' | 'changes'>): EntryJson[] {
  const edits = new Map<number, Entry>();
  const reactions = new Map<number, Map<UserId, Entry>>();
  for (const entry of [...entries, ...changes].sort((a, b) => a.seq - b.seq)) {
    const targetSeq = entry.header?.targetSeq ?? 0;
    if (entry.kind === EntryKind.EDIT) edits.set(targetSeq, entry);
    if (entry.kind !== EntryKind.REACTION) continue;
    const known = reactions.get(targetSeq) ?? new Map<UserId, Entry>();
    reactions.set(targetSeq, known.set(entry.senderId, entry));
  }
  return entries.flatMap((entry) => {
    switch (entry.kind) {
      case EntryKind.MESSAGE:
        return message(entry, edits.get(entry.seq), [...(reactions.get(entry.seq)?.values() ?? [])]);
      case EntryKind.GROUP_CREATED:
        return { ...plain(entry), kind: 'group-created' as const, name: nameIn(entry.body) };
      case EntryKind.CONVERSATION_CHANGED:
        return { ...plain(entry), kind: 'conversation-changed' as const, change: changeIn(entry.body) };
      default:
        return [];
    }
  });
}

function plain({ seq, senderId, clientTimeMs, serverTimeMs }: Entry) {
  const bySystem = senderId === SYSTEM_USER_ID;
  const nothing = { erased: false, mentionedIds: [], mentionsAll: false, reactions: [] };
  return { seq, senderId, bySystem, clientTimeMs, serverTimeMs, ...nothing };
}

function message(entry: Entry, edit: Entry | undefined, reactions: readonly Entry[]): EntryJson {
  const base = { ...plain(entry), kind: 'message' as const };
  if (entry.body.length === 0) return { ...base, erased: true };
  // An edit that was erased meanwhile was so together with its message.
  const current = edit !== undefined && edit.body.length > 0 ? edit : entry;
  const replyToSeq = decoded(entry.body)?.replyToSeq ?? 0;
  return {
    ...base,
    content: contentIn(current.body),
    ...(current !== entry && { editedAtMs: current.serverTimeMs }),
    ...(replyToSeq > 0 && { replyToSeq }),
    mentionedIds: [...(current.header?.mentionedIds ?? [])],
    mentionsAll: current.header?.mentionsAll ?? false,
    reactions: reactions.flatMap(({ senderId, body }) => {
      const emoji = emojiIn(body);
      return emoji.length === 0 ? [] : { userId: senderId, emoji };
    }),
  };
}

function emojiIn(body: Uint8Array): string[] {
  try {
    return [...decodeReaction(body).emoji];
  } catch {
    return [];
  }
}

function nameIn(body: Uint8Array): string {
  try {
    return decodeGroupCreated(body).name;
  } catch {
    return '';
  }
}

function changeIn(body: Uint8Array): z.output<typeof changeSchema> {
  try {
    const { change } = decodeConversationChange(body);
    return change === undefined ? { what: 'unknown' } : shownChange(change);
  } catch {
    return { what: 'unknown' };
  }
}

function shownChange(
  change: NonNullable<ReturnType<typeof decodeConversationChange>['change']>,
): z.output<typeof changeSchema> {
  const what = change.case;
  switch (change.case) {
    case 'name':
    case 'avatar':
    case 'announcement':
    case 'pinnedSeq':
    case 'unpinnedSeq':
    case 'lifetimeMs':
    case 'nickname':
      return { what, value: change.value };
    case 'membersAdded':
    case 'membersRemoved':
      return { what, userIds: [...change.value.userIds] };
    case 'roleGiven':
      return { what, userIds: [change.value.userId], value: change.value.role };
    case 'memberMuted':
      return { what, userIds: [change.value.userId], value: change.value.untilMs };
    case 'policy':
    case 'linkCode':
    case 'left':
    case 'dissolved':
      return { what };
  }
}
