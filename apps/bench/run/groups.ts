import type { Account } from '../client/talker.ts';
import { askAsBackend } from './backend.ts';

const CONCURRENCY = 4;
const REQUEST_DEADLINE_MS = 60_000;
/** With how many a group may begin, and how many may be added to it at a time (GRP-6). */
const FOUNDERS_MAX = 10_000;
const ADDED_MAX = 500;

export interface MadeGroup {
  conversationId: string;
  /** Places among the accounts. */
  members: number[];
}

/** Makes groups over REST, whose members go round the accounts. */
export async function createGroups(
  port: number,
  accounts: readonly Account[],
  { groups, members }: { groups: number; members: number },
): Promise<MadeGroup[]> {
  const made: MadeGroup[] = [];
  let next = 0;
  const worker = async () => {
    while (next < groups) {
      const index = next++;
      const places = Array.from({ length: members }, (_, at) => (index * members + at) % accounts.length);
      const people = places.flatMap((at) => accounts[at] ?? []);
      const [creator] = people;
      if (creator === undefined) throw new Error('a group needs somebody');
      made[index] = { conversationId: await createGroup(port, people, creator), members: places };
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return made;
}

/** Makes one of any size; the first of its members owns it. */
export async function createGroup(
  port: number,
  members: readonly Pick<Account, 'userId'>[],
  creator: Account,
): Promise<string> {
  const founders = members.slice(0, FOUNDERS_MAX);
  const conversationId = await foundGroup(port, founders, creator);
  for (let from = FOUNDERS_MAX; from < members.length; from += ADDED_MAX) {
    const added = members.slice(from, from + ADDED_MAX).map(({ userId }) => userId);
    await askAsBackend(port, 'POST', `/v1/admin/groups/${conversationId}/members`, { userIds: added });
  }
  return conversationId;
}

async function foundGroup(
  port: number,
  members: readonly Pick<Account, 'userId'>[],
  creator: Account,
): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/groups`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${creator.accessToken}` },
    body: JSON.stringify({ name: 'Bench', members: members.map(({ userId }) => userId) }),
    signal: AbortSignal.timeout(REQUEST_DEADLINE_MS),
  });
  if (response.status !== 201) throw new Error(`no group: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { conversationId: string }).conversationId;
}
