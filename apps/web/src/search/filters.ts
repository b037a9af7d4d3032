import type { SearchKind, SearchQuery } from '@hongyan/sdk/search';
import { dayOf } from '../ui/dates.ts';

/** When a message was sent; `days`: from the first to the last one, as `<input type="date">` names them, either may be empty. */
export type Span = 'any' | 'week' | 'month' | 'year' | 'days';

/** What narrows a search beside its text. */
export interface Filters {
  senderId: string;
  kind: SearchKind | '';
  span: Span;
  firstDay: string;
  lastDay: string;
}

export const NO_FILTERS: Filters = { senderId: '', kind: '', span: 'any', firstDay: '', lastDay: '' };

const SPAN_DAYS = { week: 7, month: 30, year: 365 } as const;

/** What the SDK is asked; undefined while that would be nothing. */
export function queryOf(
  text: string,
  filters: Filters,
  conversationId: string | undefined,
  nowMs: number,
): SearchQuery | undefined {
  const { senderId, kind } = filters;
  if (text.trim() === '' && senderId === '' && kind === '') return undefined;
  const { since, until } = timesOf(filters, nowMs);
  if (since !== undefined && until !== undefined && until <= since) return undefined;
  return {
    text: text.trim(),
    conversationId,
    senderId: senderId || undefined,
    kinds: kind === '' ? [] : [kind],
    since,
    until,
  };
}

/** Days are the person's own, whole, and the last one is among them. */
function timesOf({ span, firstDay, lastDay }: Filters, nowMs: number): { since?: Date; until?: Date } {
  switch (span) {
    case 'any':
      return {};
    case 'week':
    case 'month':
    case 'year': {
      const since = new Date(dayOf(nowMs));
      since.setDate(since.getDate() - SPAN_DAYS[span] + 1);
      return { since };
    }
    case 'days':
      return { ...dayFrom('since', firstDay, 0), ...dayFrom('until', lastDay, 1) };
  }
}

function dayFrom(name: 'since' | 'until', day: string, later: number): { since?: Date; until?: Date } {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return {};
  return { [name]: new Date(year, month - 1, date + later) };
}
