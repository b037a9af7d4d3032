import {
  type Asking,
  type ConversationChange,
  ConversationKind,
  type Facts,
  type GroupPolicy,
  Joining,
  Role,
  SYSTEM_USER_ID,
  type UserId,
} from '@hongyan/protocol';
import { type Conversation, plainMember } from '../log/conversation.ts';
import { HERE, type MemberHead, type StoredChange, type StoredMember } from '../ports/store.ts';
import { policyOf } from './facts.ts';
import {
  ADMINS_MAX,
  ANNOUNCEMENT_LENGTH_MAX,
  AVATAR_LENGTH_MAX,
  CHANGED_MEMBERS_MAX,
  GROUP_MEMBERS_MAX,
  LINK_CODE_LENGTH_MAX,
  LINK_CODE_LENGTH_MIN,
  NAME_LENGTH_MAX,
  PINNED_MAX,
  QUESTION_LENGTH_MAX,
} from './limits.ts';
import { type Action, may } from './permissions.ts';
import { forbidden, invalid, notFound, tooMuch } from './refuse.ts';
import { checkLine, checkLines, isVisible } from './texts.ts';
import { type Actor, checkLifetime, checkMayWrite, memberOf } from './writing.ts';

type Change = NonNullable<ConversationChange['change']>;

/**
 * What a change by `actor` makes of the conversation (E1–E3). Whether accounts exist and pinned messages are there is the
 * caller's to find out first. Throws ProtocolError when it is not allowed, or not possible.
 */
export function decideChange(conversation: Conversation, actor: Actor, change: Change): StoredChange {
  const own = memberOf(conversation, actor);
  const { facts } = conversation;
  if (facts.dissolved) throw forbidden('change a group that was dissolved');
  const need = (action: Action) => {
    if (!may(conversation, own, action)) throw forbidden(action);
  };
  switch (change.case) {
    case 'name':
      need('edit');
      checkMayWrite(conversation, actor);
      checkLine('name', change.value, NAME_LENGTH_MAX);
      if (!isVisible(change.value)) throw invalid('a group has a name');
      return changed(facts, { name: change.value });
    case 'avatar':
      need('edit');
      checkMayWrite(conversation, actor);
      checkLine('avatar', change.value, AVATAR_LENGTH_MAX);
      return changed(facts, { avatar: change.value });
    case 'announcement':
      need('edit');
      checkMayWrite(conversation, actor);
      checkLines('announcement', change.value, ANNOUNCEMENT_LENGTH_MAX);
      return changed(facts, { announcement: change.value, announcementSeq: change.value === '' ? 0 : HERE });
    case 'pinnedSeq':
      need('pin');
      return changed(facts, { pinnedSeqs: pinned(facts, change.value) });
    case 'unpinnedSeq':
      need('pin');
      return changed(facts, { pinnedSeqs: facts.pinnedSeqs.filter((seq) => seq !== change.value) });
    case 'lifetimeMs':
      need('set-lifetime');
      if (change.value !== 0) checkLifetime(change.value);
      return changed(facts, { lifetimeMs: change.value });
    case 'policy':
      need('set-policy');
      return changed(facts, { policy: checkedPolicy(change.value) });
    case 'linkCode':
      need('set-policy');
      checkLine('link_code', change.value, LINK_CODE_LENGTH_MAX);
      if (change.value !== '' && change.value.length < LINK_CODE_LENGTH_MIN)
        throw invalid('a link_code can be guessed');
      return changed(facts, { linkCode: change.value });
    case 'membersAdded':
      need('invite');
      return add(conversation, change.value.userIds);
    case 'membersRemoved':
      return remove(conversation, own, change.value.userIds);
    case 'left':
      need('leave');
      return part(conversation, [own]);
    case 'roleGiven':
      return giveRole(conversation, own, change.value);
    case 'memberMuted': {
      const muted = other(conversation, own, change.value.userId);
      need(muted.role === Role.ADMIN ? 'mute-admin' : 'mute-member');
      if (muted.role === Role.OWNER) throw forbidden('mute the owner');
      return changed(facts, {}, [{ ...rowOf(muted), mutedUntilMs: change.value.untilMs }]);
    }
    case 'nickname':
      need('set-nickname');
      checkMayWrite(conversation, actor);
      checkLine('nickname', change.value, NAME_LENGTH_MAX);
      return changed(facts, {}, [{ ...rowOf(own), nickname: change.value.trim() }]);
    case 'dissolved':
      need('dissolve');
      return changed(facts, { dissolved: true });
  }
}

/** What comes of somebody's wish to be in a group. */
export type Joined =
  /** At once. */
  | { kind: 'joins'; change: StoredChange }
  /** These decide. */
  | { kind: 'asks'; adminIds: readonly UserId[] };

/**
 * What comes of it that somebody with a link wants to join (GRP-9). Throws ProtocolError: FORBIDDEN for a link that is not the
 * group's, a wrong answer, or where nobody joins; LIMIT_EXCEEDED when it is full.
 */
export function decideJoining(conversation: Conversation, userId: UserId, { linkCode, text }: Asking): Joined {
  const { facts, memberships } = conversation;
  if (facts.dissolved || facts.linkCode === '' || linkCode !== facts.linkCode) throw forbidden('join by this link');
  const { joining, answer } = policyOf(facts);
  switch (joining) {
    case Joining.OPEN:
      return { kind: 'joins', change: add(conversation, [userId]) };
    case Joining.QUESTION:
      if (plain(text) !== plain(answer)) throw forbidden('join without the right answer');
      return { kind: 'joins', change: add(conversation, [userId]) };
    case Joining.APPROVAL: {
      const deciding = [...memberships.values()].filter(({ role }) => role === Role.ADMIN || role === Role.OWNER);
      return { kind: 'asks', adminIds: deciding.map((member) => member.userId) };
    }
    case Joining.UNSPECIFIED:
      throw forbidden('join without being invited');
  }
}

const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

function add(conversation: Conversation, userIds: readonly UserId[]): StoredChange {
  const { facts, memberships, kind } = conversation;
  if (kind !== ConversationKind.GROUP) throw invalid('not a group');
  if (userIds.includes(SYSTEM_USER_ID)) throw invalid('the system is a member of no group');
  const joined = [...new Set(userIds)];
  // The entry says whom it adds: devices count by it.
  if (joined.length === 0) throw invalid('nobody');
  if (joined.length < userIds.length || joined.some((userId) => memberships.has(userId))) {
    throw invalid('somebody is a member already, or named twice');
  }
  if (joined.length > CHANGED_MEMBERS_MAX) throw tooMuch(`more than ${CHANGED_MEMBERS_MAX} at once`);
  const memberCount = memberships.size + joined.length;
  if (memberCount > GROUP_MEMBERS_MAX) throw tooMuch(`more than ${GROUP_MEMBERS_MAX} members`);
  const fromSeq = policyOf(facts).historyForNewcomers ? 1 : HERE;
  const members = joined.map((userId) => ({ ...plainMember(userId), fromSeq }));
  return { ...changed(facts, { memberCount }, members), joined };
}

function remove(conversation: Conversation, own: MemberHead, userIds: readonly UserId[]): StoredChange {
  const unique = [...new Set(userIds)];
  if (unique.length === 0) throw invalid('nobody');
  if (unique.length > CHANGED_MEMBERS_MAX) throw tooMuch(`more than ${CHANGED_MEMBERS_MAX} at once`);
  const removed = unique.map((userId) => other(conversation, own, userId));
  for (const { role } of removed) {
    const action = role === Role.MEMBER ? 'remove-member' : 'remove-admin';
    if (role === Role.OWNER || !may(conversation, own, action)) throw forbidden(action);
  }
  return part(conversation, removed);
}

/** Their membership ends with this entry, which they still read. */
function part(conversation: Conversation, members: readonly MemberHead[]): StoredChange {
  const { facts, memberships } = conversation;
  // They go as far as the entry, so that a device which has worked them out from a part of the log takes them instead.
  const partingFacts = { ...facts, seq: HERE, memberCount: memberships.size - members.length };
  const rows = members.map((member) => ({
    ...rowOf(member),
    role: Role.UNSPECIFIED,
    nickname: '',
    mutedUntilMs: 0,
    untilSeq: HERE,
    partingFacts,
  }));
  return changed(facts, { memberCount: partingFacts.memberCount }, rows);
}

function giveRole(
  conversation: Conversation,
  own: MemberHead,
  { userId, role }: { userId: UserId; role: Role },
): StoredChange {
  const { facts, memberships } = conversation;
  const member = other(conversation, own, userId);
  if (role === Role.OWNER) {
    if (!may(conversation, own, 'pass-on')) throw forbidden('pass the group on');
    const owners = [...memberships.values()].filter((each) => each.role === Role.OWNER && each !== member);
    const before = owners.map((each) => ({ ...rowOf(each), role: Role.ADMIN }));
    if (before.length > 0 && member.role !== Role.ADMIN) checkAdmins(memberships);
    return changed(facts, {}, [...before, { ...rowOf(member), role }]);
  }
  if (role !== Role.ADMIN && role !== Role.MEMBER) throw invalid('no role to be given');
  if (!may(conversation, own, 'appoint') || member.role === Role.OWNER) throw forbidden('appoint');
  if (role === Role.ADMIN && member.role !== Role.ADMIN) checkAdmins(memberships);
  return changed(facts, {}, [{ ...rowOf(member), role }]);
}

/** That there may be one more. */
function checkAdmins(memberships: Conversation['memberships']): void {
  let count = 0;
  for (const { role } of memberships.values()) if (role === Role.ADMIN) count += 1;
  if (count >= ADMINS_MAX) throw tooMuch(`more than ${ADMINS_MAX} administrators`);
}

function other({ memberships }: Conversation, own: MemberHead, userId: UserId): MemberHead {
  const member = memberships.get(userId);
  if (member === undefined) throw notFound('there is no such member');
  if (userId === own.userId) throw invalid('that is oneself');
  return member;
}

function pinned({ pinnedSeqs }: Facts, seq: number): number[] {
  if (pinnedSeqs.includes(seq)) return [...pinnedSeqs];
  if (pinnedSeqs.length >= PINNED_MAX) throw tooMuch(`more than ${PINNED_MAX} pinned messages`);
  return [...pinnedSeqs, seq];
}

const JOININGS = new Set<number>(Object.values(Joining));

function checkedPolicy(policy: GroupPolicy): GroupPolicy {
  checkLine('question', policy.question, QUESTION_LENGTH_MAX);
  checkLine('answer', policy.answer, QUESTION_LENGTH_MAX);
  if (!JOININGS.has(policy.joining)) throw invalid('no way to join');
  if (policy.joining === Joining.QUESTION && (policy.question.trim() === '' || policy.answer.trim() === '')) {
    throw invalid('there is no question, or no answer');
  }
  return policy;
}

const changed = (facts: Facts, changes: Partial<Facts>, members: readonly StoredMember[] = []): StoredChange => ({
  facts: { ...facts, ...changes, seq: HERE },
  members,
  joined: [],
});

function rowOf({ userId, role, nickname, mutedUntilMs, fromSeq, untilSeq }: MemberHead): StoredMember {
  return { userId, role, nickname, mutedUntilMs, fromSeq, untilSeq };
}
