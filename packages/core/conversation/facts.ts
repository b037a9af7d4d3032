import { type Facts, type GroupPolicy, Joining } from '@hongyan/protocol';

/** Of a conversation in which nothing was ever changed. */
export const NO_FACTS: Facts = {
  seq: 0,
  name: '',
  avatar: '',
  announcement: '',
  announcementSeq: 0,
  pinnedSeqs: [],
  lifetimeMs: 0,
  memberCount: 0,
  dissolved: false,
  linkCode: '',
};

/** Of a new group. */
export const NEW_GROUP_POLICY: GroupPolicy = {
  membersInvite: true,
  membersMentionAll: false,
  membersPin: true,
  membersEdit: true,
  joining: Joining.UNSPECIFIED,
  question: '',
  answer: '',
  historyForNewcomers: true,
  muted: false,
  receiptsHidden: false,
};

/** What holds in a conversation whose facts say nothing of it. */
export const policyOf = ({ policy }: Facts): GroupPolicy => policy ?? NEW_GROUP_POLICY;
