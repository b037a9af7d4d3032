import { Session, type SessionListener } from '../client/session.ts';
import type { IdleOrder, Report } from '../run/orders.ts';
import { connectAll, keepAlive } from './connecting.ts';

/** Signs all connections in and holds them until the process is ended. */
export async function playIdle(order: IdleOrder, report: (what: Report) => void): Promise<void> {
  const listener: SessionListener = {
    onReply() {},
    onPush() {},
    onChunkEnd() {},
    onEnd: ({ message }) => report({ name: 'failed', reason: message }),
  };
  const sessions: Session[] = [];
  keepAlive(sessions);
  await connectAll(order.clients, async (index) => {
    const account = order.accounts[index % order.accounts.length];
    if (account === undefined) throw new Error('there is no account');
    sessions.push(await Session.open(order.target, index, account.accessToken, listener));
  });
  report({ name: 'connected' });
}
