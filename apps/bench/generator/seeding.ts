import { directConversationId } from '@hongyan/protocol';
import type { Tally } from '../client/returning.ts';
import { Steady } from '../client/steady.ts';
import type { StormOrder } from '../run/orders.ts';
import { bodyOf } from './body.ts';
import { connectAll } from './connecting.ts';

/** Gives every two neighbouring accounts a conversation with one message, so that there is something to hold. */
export async function seed({ accounts, bodyBytes, target }: StormOrder, tally: Tally): Promise<void> {
  const body = bodyOf(bodyBytes);
  await connectAll(Math.floor(accounts.length / 2), async (pair) => {
    const [account, other] = accounts.slice(pair * 2, pair * 2 + 2);
    if (account === undefined || other === undefined) return;
    const sent = Promise.withResolvers<void>();
    const writer = new Steady({
      target,
      index: pair,
      tally,
      account,
      conversationId: directConversationId(account.userId, other.userId),
      body,
      onLive() {},
      onCut() {},
      onSent: () => sent.resolve(),
      onFailure: (reason) => sent.reject(new Error(reason)),
    });
    await writer.connection.open();
    writer.start({
      window: 1,
      until: 'sent',
      dueMs: (index, nowMs) => (index === 0 ? nowMs : Number.POSITIVE_INFINITY),
    });
    writer.sendDue();
    await sent.promise;
    writer.connection.leave();
  });
}
