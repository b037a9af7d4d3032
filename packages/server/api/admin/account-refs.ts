import type { AccountStore } from '@hongyan/core/ports';
import { isUserId, SYSTEM_USER_ID, type UserId } from '@hongyan/protocol';
import { z } from 'zod';
import { Problem } from '../problem.ts';

const EXTERNAL = 'ext:';
const SYSTEM = 'system';
/** Accounts looked up at once. */
const TOGETHER_MAX = 50;

export const externalId = z
  .string()
  .regex(
    /^\w[\w.~:@+-]{0,127}$/,
    'must be 1 to 128 of a–z, A–Z, 0–9 and "_.~:@+-", and begin with a letter, digit or "_"',
  )
  .describe('What the app calls the user; case matters');

const isAccountRef = (text: string): boolean =>
  text.startsWith(EXTERNAL)
    ? externalId.safeParse(text.slice(EXTERNAL.length)).success
    : isUserId(text) && text !== SYSTEM_USER_ID;

/** Names one of the people. */
export const accountRef = z
  .string()
  .max(140)
  .refine(isAccountRef, 'must be a userId, or `ext:` and an externalId')
  .describe('A `userId`, or `ext:` and what the app calls the user');
/** Names who writes. */
export const writerRef = z.literal(SYSTEM).or(accountRef).describe('As an account is named; or `system`');

/** Finds out which accounts are meant. All reject with the problem `not-found`, or StoreError. */
export class AccountRefs {
  readonly #accounts: Pick<AccountStore, 'appUser' | 'usersById'>;

  constructor(accounts: Pick<AccountStore, 'appUser' | 'usersById'>) {
    this.#accounts = accounts;
  }

  /** That of a `userId` may not be there. */
  async find(ref: string): Promise<UserId> {
    if (ref === SYSTEM) return SYSTEM_USER_ID;
    if (!ref.startsWith(EXTERNAL)) return ref;
    const found = await this.#accounts.appUser(ref.slice(EXTERNAL.length));
    if (found === undefined) throw new Problem('not-found', { detail: `there is no account ${ref}` });
    return found.user.userId;
  }

  async findAll(refs: readonly string[]): Promise<UserId[]> {
    const userIds: UserId[] = [];
    for (let from = 0; from < refs.length; from += TOGETHER_MAX) {
      const together = refs.slice(from, from + TOGETHER_MAX).map((ref) => this.find(ref));
      userIds.push(...(await Promise.all(together)));
    }
    return userIds;
  }

  /** Those of accounts that are there. */
  async findPresent<Refs extends readonly string[]>(...refs: Refs): Promise<{ [At in keyof Refs]: UserId }> {
    const userIds = await this.findAll(refs);
    const present = new Set((await this.#accounts.usersById([...new Set(userIds)])).map(({ userId }) => userId));
    const missing = userIds.find((userId) => !present.has(userId));
    if (missing !== undefined) throw new Problem('not-found', { detail: `there is no account ${missing}` });
    return userIds as { [At in keyof Refs]: UserId };
  }
}
