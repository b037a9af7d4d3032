import { ID_LENGTH, idFromBytes, type UserId } from '@hongyan/protocol';
import type { SeededRandom } from '@hongyan/testkit/random';
import { PASSWORD, type PersonKey, people, personKeys } from '../world/people.ts';
import { rooms } from '../world/rooms.ts';
import { subscribers } from '../world/subscribers.ts';
import type { Telling } from './story-clock.ts';

/** Whom to speak as. */
export interface Account {
  userId: UserId;
  deviceId: string;
}

export interface Accounts {
  of: (key: PersonKey) => Account;
  /** People who only read. */
  readers: readonly UserId[];
}

/** Brings everybody in: those with names as by the form on the first page, readers without a password. */
export async function bringIn({ writer, clock }: Telling, random: SeededRandom): Promise<Accounts> {
  const accounts = new Map<PersonKey, Account>();
  await Promise.all(
    personKeys.map(async (key) => {
      const { handle, displayName, statusLine } = people[key];
      const device = { deviceName: 'Chromium on Linux', deviceKind: 'web' } as const;
      const { userId, deviceId } = await writer.sessions.register({
        handle,
        displayName,
        password: PASSWORD,
        ...device,
      });
      await writer.accounts.updateProfile(userId, { statusLine });
      accounts.set(key, { userId, deviceId });
    }),
  );
  const count = Math.max(...rooms.map((room) => (room.kind === 'group' ? (room.subscribers ?? 0) : 0)));
  const readers = await Promise.all(
    subscribers(count, random).map(async (reader) => {
      const userId = idFromBytes('u', random.bytes(ID_LENGTH));
      await writer.accounts.createUser({ userId, ...reader, passwordHash: '', createdAtMs: clock.now() });
      return userId;
    }),
  );
  const of = (key: PersonKey): Account => {
    const account = accounts.get(key);
    if (account === undefined) throw new Error(`there is no ${key}`);
    return account;
  };
  return { of, readers };
}
