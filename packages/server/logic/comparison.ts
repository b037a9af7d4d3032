import type { Store } from '@hongyan/core';
import { type Limits, type Ping, totalDigest } from '@hongyan/protocol';
import type { Caller } from './caller.ts';
import type { Conversations } from './conversations.ts';
import type { Gate } from './gate.ts';
import { heldConversations } from './held-conversations.ts';

/** Behind a longer queue of devices that are brought up to date, a comparison is not worth its turn. */
const QUEUE_MAX = 64;

/**
 * Whether a device that states `userSeq` and `digest` holds anything but what the account has (SES-12). A hint: false also
 * when there is no time to look. Rejects with StoreError.
 */
export async function differs(
  parts: { store: Store; limits: Limits; conversations: Conversations; gate: Gate },
  { userId }: Caller,
  { userSeq, digest }: Pick<Ping, 'userSeq' | 'digest'>,
): Promise<boolean> {
  if (parts.gate.waitingCount > QUEUE_MAX) return false;
  return parts.gate.run(async () => {
    if ((await parts.store.userLog.lastSeq(userId)) !== userSeq) return true;
    return totalDigest(await heldConversations(parts, userId)) !== digest;
  });
}
