import {
  type ConversationChange,
  decodeConversationChange,
  decodeGroupCreated,
  type Entry,
  EntryKind,
  type GroupPolicy,
  Role,
  type UserId,
} from '@hongyan/protocol';
import { forbiddenChange, type Ranks } from './permitted.ts';

/** Entries that a membership covers; it ends with the one at `toSeq`. */
export interface Membership {
  fromSeq: number;
  toSeq: number;
}

interface Member {
  role: Role;
  mutedUntilMs: number;
  nickname: string;
}

type Change = NonNullable<ConversationChange['change']>;

/** Of a group of which nothing was said (E3). */
const FIRST_POLICY: Partial<GroupPolicy> = {
  membersInvite: true,
  membersPin: true,
  membersEdit: true,
  historyForNewcomers: true,
};

/**
 * What a group is after its entries, worked out from the rules (GRP) and nothing else of the system: who is a member and what of
 * the log each may read.
 */
export class GroupFold {
  name = '';
  announcement = '';
  pinnedSeqs: readonly number[] = [];
  lifetimeMs = 0;
  dissolved = false;
  policy: Partial<GroupPolicy> = FIRST_POLICY;
  /** The last entry that changed any of it. */
  seq = 0;
  readonly members = new Map<UserId, Member>();
  readonly #founders: readonly UserId[];
  readonly #memberships = new Map<UserId, Membership[]>();
  readonly #senders = new Map<number, UserId>();

  /** The one who founds it first. */
  constructor(founders: readonly UserId[]) {
    this.#founders = founders;
  }

  /** All memberships that an account ever had, the newest at the end. */
  membershipsOf(userId: UserId): readonly Membership[] {
    return this.#memberships.get(userId) ?? [];
  }

  /** What an account may read now; undefined: it never was a member. */
  membershipOf(userId: UserId): Membership | undefined {
    return this.membershipsOf(userId).at(-1);
  }

  roleOf(userId: UserId): Role {
    return this.members.get(userId)?.role ?? Role.UNSPECIFIED;
  }

  /** The group after one more entry. Says what its sender was not allowed to do at that place. */
  apply(entry: Entry): string | undefined {
    const { seq, kind, senderId, body } = entry;
    if (kind === EntryKind.MESSAGE) this.#senders.set(seq, senderId);
    if (kind === EntryKind.GROUP_CREATED) {
      this.seq = seq;
      this.name = decodeGroupCreated(body).name;
      for (const [index, userId] of this.#founders.entries())
        this.#enter(userId, seq, index === 0 ? Role.OWNER : Role.MEMBER);
      return undefined;
    }
    const targetSender = this.#senders.get(entry.header?.targetSeq ?? 0);
    const change = kind === EntryKind.CONVERSATION_CHANGED ? decodeConversationChange(body).change : undefined;
    const forbidden = forbiddenChange(this.#ranks, entry, { change, targetSender });
    if (change === undefined) return forbidden;
    this.seq = seq;
    this.#change(change, entry);
    return forbidden;
  }

  get #ranks(): Ranks {
    const { policy, dissolved } = this;
    return {
      roleOf: (userId) => this.roleOf(userId),
      mutedUntilMs: (userId) => this.members.get(userId)?.mutedUntilMs ?? 0,
      policy,
      dissolved,
    };
  }

  #change(change: Change, { seq, senderId }: Entry): void {
    switch (change.case) {
      case 'name':
        this.name = change.value;
        return;
      case 'announcement':
        this.announcement = change.value;
        return;
      case 'pinnedSeq':
        if (!this.pinnedSeqs.includes(change.value)) this.pinnedSeqs = [...this.pinnedSeqs, change.value];
        return;
      case 'unpinnedSeq':
        this.pinnedSeqs = this.pinnedSeqs.filter((pinned) => pinned !== change.value);
        return;
      case 'lifetimeMs':
        this.lifetimeMs = change.value;
        return;
      case 'policy':
        this.policy = change.value;
        return;
      case 'membersAdded':
        for (const userId of change.value.userIds) this.#enter(userId, seq, Role.MEMBER);
        return;
      case 'membersRemoved':
        for (const userId of change.value.userIds) this.#leave(userId, seq);
        return;
      case 'left':
        this.#leave(senderId, seq);
        return;
      case 'roleGiven': {
        const { userId, role } = change.value;
        const owner = [...this.members].find(([, member]) => member.role === Role.OWNER);
        if (role === Role.OWNER && owner) owner[1].role = Role.ADMIN;
        const member = this.members.get(userId);
        if (member) member.role = role;
        return;
      }
      case 'memberMuted': {
        const member = this.members.get(change.value.userId);
        if (member) member.mutedUntilMs = change.value.untilMs;
        return;
      }
      case 'nickname': {
        const member = this.members.get(senderId);
        if (member) member.nickname = change.value.trim();
        return;
      }
      case 'dissolved':
        this.dissolved = true;
        return;
      case 'avatar':
      case 'linkCode':
        return;
    }
  }

  #enter(userId: UserId, seq: number, role: Role): void {
    const fromSeq = this.policy.historyForNewcomers ? 1 : seq;
    this.members.set(userId, { role, mutedUntilMs: 0, nickname: '' });
    const membership = { fromSeq, toSeq: Number.POSITIVE_INFINITY };
    this.#memberships.set(userId, [...this.membershipsOf(userId), membership]);
  }

  #leave(userId: UserId, seq: number): void {
    this.members.delete(userId);
    const membership = this.membershipOf(userId);
    if (membership) membership.toSeq = seq;
  }
}
