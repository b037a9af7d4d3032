import type { SeededRandom } from '@hongyan/testkit/random';
import { type PersonKey, VISITOR } from '../world/people.ts';
import type { Room } from '../world/rooms.ts';
import type { Accounts } from './accounts.ts';
import type { Telling } from './story-clock.ts';
import type { Said } from './tell.ts';

/** More than any conversation has; the server takes it for the end. */
const END = Number.MAX_SAFE_INTEGER;

const readersOf = (room: Room): PersonKey[] =>
  room.kind === 'group' ? [...new Set([room.owner, ...room.members])] : [VISITOR, room.with];

/** Everybody has it all; the visitor has left some unread, and others have now and then not looked yet. */
export async function read(
  { writer }: Telling,
  accounts: Accounts,
  told: { room: Room; conversationId: string; said: readonly Said[]; random: SeededRandom },
): Promise<void> {
  const { room, conversationId, said, random } = told;
  for (const key of new Set(readersOf(room))) {
    const hasLooked = room.kind === 'group' || random.chance(0.85);
    const readSeq = key === VISITOR ? beforeUnread(room.unread, said) : hasLooked ? END : 0;
    const value = { conversationId, deliveredSeq: END, readSeq };
    await writer.ask(accounts.of(key), { case: 'advanceCursor', value });
  }
}

/** The visitor has read up to here, so that `unread` messages by others come after. */
function beforeUnread(unread: number, said: readonly Said[]): number {
  if (unread === 0) return END;
  const first = said.filter(({ who }) => who !== VISITOR).at(-unread);
  return first === undefined ? 0 : first.seq - 1;
}
