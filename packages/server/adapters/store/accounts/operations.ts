import { type ProfileChange, StoreError, type UserRecord } from '@hongyan/core/ports';
import type { DeviceId, UserEvent, UserId } from '@hongyan/protocol';
import { fold } from '../fold.ts';
import { containing } from '../like.ts';
import * as queries from './queries.ts';
import { type Ask, ask } from './query.ts';

/** What an operation needs of its engine beside queries. */
export type Need =
  | Ask
  /** Adds an event to the end of an account's user log; the answer is the event. */
  | { kind: 'add-event'; userId: UserId; timeMs: number; event: UserEvent['event'] }
  /** The answer is the event at that place, or nothing. */
  | { kind: 'read-event'; userId: UserId; seq: number }
  /** Takes all positions of a device; the answer is empty. */
  | { kind: 'delete-positions'; deviceId: DeviceId }
  /** Nobody else adds to the account's user log until the transaction ends; the answer is empty. */
  | { kind: 'lock-user-log'; userId: UserId };

/**
 * What the port's account methods do, once for all engines: an operation says what it needs, and its engine gives it the
 * rows, at once or later, all in one transaction. It refuses by throwing StoreError `rejected` before it has written.
 */
export type Operation<Answer> = Generator<Need, Answer, object[]>;

export function* usersById(userIds: readonly UserId[]): Operation<UserRecord[]> {
  const found: UserRecord[] = [];
  for (const userId of new Set(userIds)) found.push(...(yield* ask(queries.userById, { userId })));
  return found;
}

export function* userByHandle(handle: string): Operation<UserRecord | undefined> {
  return (yield* ask(queries.userByHandle, { handleFolded: fold(handle) }))[0];
}

export function* findUsers(text: string, limitAsked: number): Operation<UserRecord[]> {
  const folded = fold(text);
  const limit = Math.max(limitAsked, 0);
  const sought = { text: folded, past: `${folded}\u{10ffff}`, pattern: containing(text), limit };
  // The index answers most questions; only the rest needs the whole table.
  const found = yield* ask(queries.usersByPrefix, sought);
  if (found.length === limit) return found;
  return [...found, ...(yield* ask(queries.usersElsewhere, { ...sought, limit: limit - found.length }))];
}

export function* createUser(user: UserRecord): Operation<undefined> {
  const folded = { handleFolded: fold(user.handle), displayNameFolded: fold(user.displayName) };
  const inserted = yield* ask(queries.insertUser, { ...user, ...folded });
  if (inserted.length > 0) return undefined;
  const [holder] = yield* ask(queries.userByHandle, { handleFolded: folded.handleFolded });
  if (holder?.userId !== user.userId) throw new StoreError('rejected', 'handle-taken');
  return undefined;
}

export function* updateProfile(
  userId: UserId,
  { displayName, statusLine }: ProfileChange,
): Operation<UserRecord | undefined> {
  const [changed] = yield* ask(queries.updateProfile, {
    userId,
    displayName: displayName ?? null,
    displayNameFolded: displayName === undefined ? null : fold(displayName),
    statusLine: statusLine ?? null,
  });
  return changed;
}

export function* setPassword(userId: UserId, expectedHash: string, passwordHash: string): Operation<boolean> {
  return (yield* ask(queries.setPassword, { userId, expectedHash, passwordHash })).length > 0;
}
