import { type MessageContent, Role } from '@hongyan/sdk';
import { useI18n } from 'vue-i18n';
import { useClient } from '../client/useClient.ts';
import { useName } from '../client/useName.ts';
import { durationLabel } from '../ui/dates.ts';

type SystemContent = Extract<MessageContent, { kind: 'created' | 'change' }>;
type Change = Extract<SystemContent, { kind: 'change' }>['change'];

/** So many are named, the others counted. */
const NAMES_MAX = 3;

/** What a line of the system says: who changed what in a conversation. */
export function useSystemLine() {
  const { t, locale } = useI18n();
  const { me } = useClient();
  const { personName } = useName();

  const isMe = (userId: string) => userId === me.value?.userId;
  const actorOf = (userId: string) => (isMe(userId) ? t('system.you') : personName(userId));
  const nameOf = (userId: string) => (isMe(userId) ? t('system.youToo') : personName(userId));

  function namesOf(userIds: readonly string[]): string {
    const names = userIds
      .slice(0, NAMES_MAX)
      .map(nameOf)
      .join(locale.value === 'zh' ? '、' : ', ');
    const more = userIds.length - NAMES_MAX;
    return more > 0 ? t('system.more', { names, n: more }) : names;
  }

  function changeLine(change: Change, senderId: string): string {
    const who = actorOf(senderId);
    switch (change.case) {
      case 'name':
        return t('system.name', { who, name: change.value });
      case 'avatar':
        return t('system.avatar', { who });
      case 'announcement':
        return t(change.value === '' ? 'system.announcementGone' : 'system.announcement', { who });
      case 'pinnedSeq':
        return t('system.pinned', { who });
      case 'unpinnedSeq':
        return t('system.unpinned', { who });
      case 'lifetimeMs':
        if (change.value === 0) return t('system.lifetimeOff', { who });
        return t('system.lifetime', { who, time: durationLabel(change.value, locale.value) });
      case 'policy':
        return t('system.policy', { who });
      case 'membersAdded': {
        const { userIds } = change.value;
        if (userIds.length === 1 && userIds[0] === senderId) return t('system.joined', { who });
        return t('system.added', { who, names: namesOf(userIds) });
      }
      case 'membersRemoved':
        return t('system.removed', { who, names: namesOf(change.value.userIds) });
      case 'left':
        return t('system.left', { who });
      case 'roleGiven':
        return t(roleKey(change.value.role), { who, names: nameOf(change.value.userId) });
      case 'memberMuted':
        return t(change.value.untilMs > 0 ? 'system.muted' : 'system.unmuted', {
          who,
          names: nameOf(change.value.userId),
        });
      case 'nickname':
        return t(change.value === '' ? 'system.nicknameOff' : 'system.nickname', { who, name: change.value });
      case 'dissolved':
        return t('system.dissolved', { who });
      case 'linkCode':
        return t('system.link', { who });
    }
  }

  return (content: SystemContent, senderId: string): string =>
    content.kind === 'created'
      ? t('system.created', { who: actorOf(senderId), name: content.name })
      : changeLine(content.change, senderId);
}

function roleKey(role: Role) {
  if (role === Role.OWNER) return 'system.owner' as const;
  return role === Role.ADMIN ? ('system.admin' as const) : ('system.member' as const);
}
