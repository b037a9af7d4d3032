import { type Conversation, ConversationKind } from '@hongyan/sdk';
import type { useI18n } from 'vue-i18n';
import { dayOf, momentLabel, timeLabel } from '../ui/dates.ts';

type Translate = ReturnType<typeof useI18n>['t'];

/** Why nothing can be written in a conversation; empty when something can. */
export function closedText(
  conversation: Conversation | undefined,
  nowMs: number,
  t: Translate,
  locale: string,
): string {
  if (conversation?.kind !== ConversationKind.GROUP) return '';
  if (conversation.dissolved) return t('groups.closedDissolved');
  if (conversation.former) return t('groups.closedFormer');
  if (conversation.mutedUntilMs === Number.POSITIVE_INFINITY) return t('groups.closedMutedAll');
  if (conversation.mutedUntilMs > nowMs)
    return t('groups.closedMuted', { time: untilLabel(conversation.mutedUntilMs, nowMs, locale) });
  return '';
}

const untilLabel = (untilMs: number, nowMs: number, locale: string) =>
  dayOf(untilMs) === dayOf(nowMs) ? timeLabel(untilMs, locale) : momentLabel(untilMs, locale);
