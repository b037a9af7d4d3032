import type { Message } from '@hongyan/sdk';
import { dayOf } from '../ui/dates.ts';

/** Messages of one sender closer than this are shown as one group. */
const GROUP_GAP_MS = 5 * 60_000;

export type Row =
  | { kind: 'start'; key: string }
  | { kind: 'day'; key: string; dayMs: number }
  | { kind: 'unread'; key: string }
  /** A line of the system, or what is left of an erased message. */
  | { kind: 'line'; key: string; message: Message }
  | { kind: 'message'; key: string; message: Message; first: boolean; last: boolean };

/** The day a row belongs to, as local midnight; undefined where it has none. */
export function dayOfRow(row: Row | undefined): number | undefined {
  switch (row?.kind) {
    case 'message':
    case 'line':
      return dayOf(row.message.timeMs);
    case 'day':
      return row.dayMs;
    default:
      return undefined;
  }
}

const isLine = ({ content }: Message): boolean =>
  content.kind === 'erased' || content.kind === 'created' || content.kind === 'change';

function joins(above: Message, below: Message): boolean {
  return above.senderId === below.senderId && below.timeMs - above.timeMs < GROUP_GAP_MS;
}

/** What the list shows, top to bottom: messages in groups by sender and time, days, and where the unread ones begin. */
export function buildRows(messages: readonly Message[], firstUnreadId: string | undefined, hasOlder: boolean): Row[] {
  const rows: Row[] = [];
  if (!hasOlder) rows.push({ kind: 'start', key: 'start' });
  let day: number | undefined;
  let above: Extract<Row, { kind: 'message' }> | undefined;
  for (const message of messages) {
    const dayMs = dayOf(message.timeMs);
    if (dayMs !== day) {
      day = dayMs;
      above = undefined;
      rows.push({ kind: 'day', key: `day-${dayMs}-${message.id}`, dayMs });
    }
    if (message.id === firstUnreadId) {
      above = undefined;
      rows.push({ kind: 'unread', key: 'unread' });
    }
    if (isLine(message)) {
      above = undefined;
      rows.push({ kind: 'line', key: message.id, message });
      continue;
    }
    const first = above === undefined || !joins(above.message, message);
    if (above !== undefined && !first) above.last = false;
    above = { kind: 'message', key: message.id, message, first, last: true };
    rows.push(above);
  }
  return rows;
}

/** Whether rows were only added at the start, so that the list has to keep its distance to the end. */
export function grewAtStart(before: readonly Row[], after: readonly Row[]): boolean {
  const last = before.at(-1);
  const first = before[0];
  if (last === undefined || after.length <= before.length) return false;
  return after.at(-1)?.key === last.key && after[0]?.key !== first?.key;
}
