import type { Account } from '../client/talker.ts';

const CONCURRENCY = 4;
const REQUEST_DEADLINE_MS = 60_000;

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
      made[index] = {
        conversationId: await createGroup(
          port,
          places.flatMap((at) => accounts[at] ?? []),
        ),
        members: places,
      };
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return made;
}

async function createGroup(port: number, members: readonly Account[]): Promise<string> {
  const [creator] = members;
  const response = await fetch(`http://127.0.0.1:${port}/v1/groups`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${creator?.accessToken}` },
    body: JSON.stringify({ name: 'Bench', members: members.map(({ userId }) => userId) }),
    signal: AbortSignal.timeout(REQUEST_DEADLINE_MS),
  });
  if (response.status !== 201) throw new Error(`no group: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { conversationId: string }).conversationId;
}
