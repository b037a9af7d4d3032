import type { ConversationId, Entry, ServerFrame, UserId } from '@hongyan/protocol';
import type { Checker, Complain, OwnerOf } from './checker.ts';
import { GroupFold, type Membership } from './fold/group-fold.ts';
import { isGroup, readableBy } from './fold/readable.ts';

/**
 * P6: of a group nobody is told, holds or is shown anything but what their membership covers (GRP-1), whoever asks for it by
 * hand included; and nothing is in its log that its sender was not allowed to write there (GRP-2, GRP-3).
 */
export function windowsChecker(ownerOf: OwnerOf): Checker {
  const groups = new Map<ConversationId, GroupFold>();
  /** Who asks by hand sees nothing of memberships that were over by then. */
  const prying = new Map<string, number>();

  const covered = (told: Told, memberships: readonly Membership[]): boolean =>
    memberships.some(({ fromSeq, toSeq }) => told.seq === 0 || (told.seq >= fromSeq && told.seq <= toSeq));

  const look = (userId: UserId, who: string, told: readonly Told[], from: number, complain: Complain) => {
    for (const each of told) {
      if (!isGroup(each.conversationId)) continue;
      const memberships = groups.get(each.conversationId)?.membershipsOf(userId).slice(from) ?? [];
      if (!covered(each, memberships)) complain(`${who} was told of ${each.conversationId}/${each.seq} by ${each.by}`);
    }
  };

  return {
    promise: 'P6',
    observe(observation, complain) {
      switch (observation.kind) {
        case 'founded':
          groups.set(observation.conversationId, new GroupFold(observation.members));
          return;
        case 'committed': {
          const { conversationId, seq } = observation.entry;
          const forbidden = groups.get(conversationId)?.apply(observation.entry);
          if (forbidden !== undefined) complain(`${conversationId}/${seq} is by ${forbidden}`);
          return;
        }
        case 'frames-received': {
          const { deviceId, frames } = observation;
          look(ownerOf(deviceId), deviceId, frames.flatMap(toldBy), 0, complain);
          return;
        }
        case 'prying': {
          const { conversationId, userId } = observation;
          const memberships = groups.get(conversationId)?.membershipsOf(userId) ?? [];
          prying.set(`${userId} ${conversationId}`, Math.max(0, memberships.length - 1));
          return;
        }
        case 'prier-received': {
          const { userId, conversationId, frames } = observation;
          const from = prying.get(`${userId} ${conversationId}`) ?? 0;
          const told = frames.flatMap(toldBy).filter((each) => each.conversationId === conversationId);
          look(userId, `${userId} by hand`, told, from, complain);
          return;
        }
        case 'held': {
          const { deviceId, entries } = observation;
          look(ownerOf(deviceId), deviceId, entries.map(toldOf('its store')), 0, complain);
          return;
        }
        default:
      }
    },
    outstanding(settled) {
      const wrong: string[] = [];
      for (const conversationId of settled.founders?.keys() ?? []) {
        for (const { deviceId, userId, store, engine } of settled.devices) {
          const seqs = new Set(readableBy(settled, conversationId, userId)?.map(({ seq }) => seq));
          const kept = store?.all(conversationId) ?? [];
          const shown = engine.timeline(conversationId)?.messages ?? [];
          for (const { seq } of kept) if (!seqs.has(seq)) wrong.push(`${deviceId} holds ${conversationId}/${seq}`);
          for (const { seq } of shown) {
            if (seq !== undefined && !seqs.has(seq)) wrong.push(`${deviceId} shows ${conversationId}/${seq}`);
          }
        }
      }
      return wrong;
    },
  };
}

/** A place of a log that somebody was told of; 0: of the conversation itself. */
interface Told {
  conversationId: ConversationId;
  seq: number;
  by: string;
}

const toldOf =
  (by: string) =>
  ({ conversationId, seq }: Pick<Entry, 'conversationId' | 'seq'>): Told => ({ conversationId, seq, by });

/** What a frame tells of conversations; who reads how far is told of those who are members alone. */
function toldBy({ frame }: ServerFrame): Told[] {
  const body = frame?.value.body;
  if (body === undefined) return [];
  const told = toldOf(body.case);
  switch (body.case) {
    case 'entry':
      return [told(body.value)];
    case 'entryPage':
      return [...body.value.entries, ...body.value.changes].map(told);
    case 'conversationUpdate': {
      const { state, entries } = body.value;
      const end =
        state === undefined
          ? []
          : [
              { ...state, seq: 0 },
              { ...state, seq: state.lastSeq },
            ];
      return [...end, ...entries].map(told);
    }
    case 'receipt':
    case 'receipts':
    case 'typingChanged':
    case 'memberPage':
    case 'receiptCounts':
    case 'receivers':
      return [told({ ...body.value, seq: 0 })];
    default:
      return [];
  }
}
