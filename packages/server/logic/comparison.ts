import type { Store } from '@hongyan/core';
import { ErrorCode, type Limits, type Ping, ProtocolError, totalDigest } from '@hongyan/protocol';
import type { Caller } from './caller.ts';
import type { Conversations } from './conversations.ts';
import type { Gate } from './gate.ts';
import { heldConversations } from './held-conversations.ts';

/** Behind a longer queue of devices that are brought up to date, everybody's or the account's, a comparison is not worth its turn. */
const QUEUE_MAX = 64;
const ACCOUNT_QUEUE_MAX = 4;

/**
 * Whether a device that states `userSeq` and `digest` holds anything but what the account has (SES-14). Rejects with
 * ProtocolError OVERLOADED when there is no time to look, and with StoreError.
 */
export async function differs(
  parts: { store: Store; limits: Limits; conversations: Conversations; gate: Gate },
  { userId }: Caller,
  { userSeq, digest }: Pick<Ping, 'userSeq' | 'digest'>,
): Promise<boolean> {
  const { gate } = parts;
  if (gate.waitingCount() > QUEUE_MAX || gate.waitingCount(userId) > ACCOUNT_QUEUE_MAX) {
    throw new ProtocolError(ErrorCode.OVERLOADED, 'there is no time to compare now');
  }
  return gate.run(userId, async () => {
    if ((await parts.store.userLog.lastSeq(userId)) !== userSeq) return true;
    return totalDigest(await heldConversations(parts, userId)) !== digest;
  });
}
