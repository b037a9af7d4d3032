import { directConversationId, Joining, Role, selfConversationId } from '@hongyan/protocol';
import { VISITOR } from '../world/people.ts';
import type { Group, Room } from '../world/rooms.ts';
import type { Accounts } from './accounts.ts';
import { change, nextMessageId } from './speak.ts';
import type { Telling } from './story-clock.ts';

/** Makes a room, where it is a group, and answers its conversation. */
export async function openRoom(telling: Telling, accounts: Accounts, room: Room): Promise<string> {
  if (room.kind === 'group') return found(telling, accounts, room);
  const [visitor, peer] = [accounts.of(VISITOR).userId, accounts.of(room.with).userId];
  return room.with === VISITOR ? selfConversationId(visitor) : directConversationId(visitor, peer);
}

async function found(telling: Telling, accounts: Accounts, group: Group): Promise<string> {
  const owner = accounts.of(group.owner);
  const members = [
    ...group.members.map((key) => accounts.of(key).userId),
    ...accounts.readers.slice(0, group.subscribers ?? 0),
  ];
  const { name, avatar } = group;
  const conversationId = await telling.writer.createGroup(owner.userId, {
    ...{ name, members, clientMessageId: nextMessageId() },
  });
  await change(telling, owner, conversationId, { case: 'avatar', value: avatar });
  for (const admin of group.admins) {
    const value = { userId: accounts.of(admin).userId, role: Role.ADMIN };
    await change(telling, owner, conversationId, { case: 'roleGiven', value });
  }
  if (group.muted) await change(telling, owner, conversationId, { case: 'policy', value: onlyAdminsWrite });
  return conversationId;
}

const onlyAdminsWrite = {
  ...{ membersInvite: false, membersMentionAll: false, membersPin: false, membersEdit: false },
  ...{ joining: Joining.UNSPECIFIED, question: '', answer: '' },
  ...{ historyForNewcomers: true, muted: true, receiptsHidden: true },
};

/** Says what the group announces. */
export async function announce(
  telling: Telling,
  accounts: Accounts,
  group: Group,
  conversationId: string,
): Promise<void> {
  if (group.announcement === undefined) return;
  await change(telling, accounts.of(group.owner), conversationId, { case: 'announcement', value: group.announcement });
}
