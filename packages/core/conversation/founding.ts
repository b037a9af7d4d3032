import { Role, type UserId } from '@hongyan/protocol';
import { plainMember } from '../log/conversation.ts';
import { HERE, type StoredChange } from '../ports/store.ts';
import { NEW_GROUP_POLICY, NO_FACTS } from './facts.ts';

/** What a group is when it begins: the first of its members owns it. */
export function foundGroup(name: string, userIds: readonly UserId[]): StoredChange {
  const members = userIds.map((userId, at) => ({ ...plainMember(userId), role: at === 0 ? Role.OWNER : Role.MEMBER }));
  const facts = { ...NO_FACTS, seq: HERE, name, policy: NEW_GROUP_POLICY, memberCount: members.length };
  return { facts, members, joined: userIds };
}
