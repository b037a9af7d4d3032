import { Role } from '@hongyan/protocol';
import type { Conversation } from '@hongyan/sdk/types';
import type { Checker, Settled } from './checker.ts';
import type { GroupFold } from './fold/group-fold.ts';
import { groupAfter, readableBy } from './fold/readable.ts';

/**
 * P3: of a group everybody sees what its log comes to, as far as they may read it: its name, what is pinned, how many are in it,
 * what oneself is there (GRP-4); and its list of members is the log's.
 */
export function groupsShownChecker(): Checker {
  return { promise: 'P3', outstanding: (settled) => [...wrongGroups(settled), ...wrongMembers(settled)] };
}

function wrongGroups(settled: Settled): string[] {
  const wrong: string[] = [];
  for (const [conversationId, founders] of settled.founders ?? []) {
    for (const { deviceId, userId, engine } of settled.devices) {
      const shown = engine.conversations().find(({ id }) => id === conversationId);
      const readable = readableBy(settled, conversationId, userId);
      const end = readable?.at(-1)?.seq ?? 0;
      if (shown === undefined) continue;
      const log = settled.logs.get(conversationId) ?? [];
      const isFormer = groupAfter(log, founders).roleOf(userId) === Role.UNSPECIFIED;
      const fold = groupAfter(log.slice(0, end), founders);
      const [is, due] = [shownOf(shown), dueOf(fold, userId, isFormer)].map((each) => JSON.stringify(each));
      if (is !== due) wrong.push(`${deviceId} shows ${conversationId} as ${is}, not ${due}`);
    }
  }
  return wrong;
}

const shownOf = (shown: Conversation) => ({
  ...{ name: shown.name, announcement: shown.announcement, pinned: shown.pinnedSeqs, lifetimeMs: shown.lifetimeMs },
  ...{ count: shown.memberCount, role: shown.role, nickname: shown.nickname },
  ...{ former: shown.former, dissolved: shown.dissolved, isMuted: shown.mutedUntilMs > 0 },
});

function dueOf(fold: GroupFold, userId: string, former: boolean) {
  const { name, announcement, pinnedSeqs: pinned, lifetimeMs, members, dissolved, policy } = fold;
  const member = members.get(userId);
  const isMuted = (member?.mutedUntilMs ?? 0) > 0 || (policy.muted === true && member?.role === Role.MEMBER);
  return {
    ...{ name, announcement, pinned, lifetimeMs, count: members.size },
    ...{ role: member?.role ?? Role.UNSPECIFIED, nickname: member?.nickname ?? '' },
    ...{ former, dissolved, isMuted },
  };
}

function wrongMembers({ members, logs, founders }: Settled): string[] {
  return [...(members ?? [])].flatMap(([conversationId, stored]) => {
    const fold = groupAfter(logs.get(conversationId) ?? [], founders?.get(conversationId) ?? []);
    const is = stored.map(({ userId, role, nickname }) => `${userId} ${role} ${nickname}`).sort();
    const due = [...fold.members].map(([userId, { role, nickname }]) => `${userId} ${role} ${nickname}`).sort();
    return is.join() === due.join() ? [] : [`the store has ${is} in ${conversationId}, not ${due}`];
  });
}
