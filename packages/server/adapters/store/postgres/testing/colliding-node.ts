import { message } from '../../testing/message.ts';
import { openPostgresStore } from '../index.ts';

// One of several nodes that write the same things at the same time. It prints each append's answer when it is through.

const [url = '', node = ''] = process.argv.slice(2);
const rounds = 40;
const conversations = Array.from({ length: 12 }, (_, at) => `c${at}`);
const accounts = Array.from({ length: 6 }, (_, at) => `account${at}`);

const store = await openPostgresStore({ url, partitionCount: 4 });

async function append(conversationId: string, senderId: string, clientMessageId: string): Promise<void> {
  const fields = { conversationId, senderId, members: accounts };
  const { conversationId: place, seq, duplicate } = await store.log.append(message(clientMessageId, fields));
  process.stdout.write(`${senderId} ${clientMessageId} ${place} ${seq} ${duplicate}\n`);
}

/** Every node in another order, so that whoever locks as it comes meets the others from the other side. */
function turned<T>(list: readonly T[], by: number): T[] {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

const turn = Number(node);
for (let round = 1; round <= rounds; round++) {
  const places = turned(conversations, turn * 3 + round);
  const people = turned(accounts, turn + round);
  const astray = turned([0, 1, 2, 3, 4, 5, 6, 7], turn * 2);
  await Promise.all([
    // Of its own; what all nodes send alike; and what they send alike to another conversation each.
    ...places.map((id, at) => append(id, people[at % people.length] ?? '', `own-${node}-${round}-${at}`)),
    ...places.flatMap((id) => people.map((person) => append(id, person, `shared-${round}-${id}`))),
    ...people.flatMap((person) => astray.map((at) => append(places[0] ?? '', person, `astray-${round}-${at}`))),
    store.cursors.advance({
      cursors: places.flatMap((conversationId) =>
        people.map((userId) => ({ conversationId, userId, deliveredSeq: 4 * round + turn, readSeq: 2 * round + turn })),
      ),
      positions: places.map((conversationId) => ({ conversationId, userId: 'x', deviceId: 'd', seq: round + turn })),
      timeMs: 1,
    }),
    ...people.map((userId) =>
      store.records.set({
        userId,
        key: 'setting/a',
        changedAtMs: round * 10 + turn,
        value: Uint8Array.of(turn),
        timeMs: 1,
      }),
    ),
    ...people.map((userId, at) =>
      store.accounts.createDevice({
        deviceId: `${userId}-${round}-${at % 2}`,
        userId,
        name: '',
        kind: 'web',
        createdAtMs: 1,
        lastSeenAtMs: 1,
        refreshHash: '',
        previousRefreshHash: '',
      }),
    ),
  ]);
}
await store.close();
