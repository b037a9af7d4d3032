import { setTimeout as wait } from 'node:timers/promises';
import { Feature, PresenceState } from '@hongyan/protocol';
import { Session, type SessionListener } from '../client/session.ts';
import type { PresenceOrder, Report } from '../run/orders.ts';
import { connectAll, keepAlive } from './connecting.ts';
import { cue } from './cue.ts';

/** After this nobody is taken to be there any more (PRS-4), and all have been told. */
const GONE_MS = 15_000;
const FEATURES = [Feature.RECEIPTS, Feature.PRESENCE];
const WATCH_ID = 1;

/** One half of the accounts watches the other half, which comes online twice: first unwatched, then watched. */
export async function playPresence(order: PresenceOrder, report: (what: Report) => void): Promise<void> {
  const { target, accounts, watched } = order;
  const half = Math.floor(accounts.length / 2);
  const [watchers, people] = [accounts.slice(0, half), accounts.slice(half)];
  const sessions: Session[] = [];
  let [pushes, told, answered] = [0, 0, 0];
  let missing = 0;
  let onSeen: () => void = () => undefined;

  const listener = (): SessionListener => {
    const seen = new Set<string>();
    return {
      onReply: () => {
        answered += 1;
      },
      onPush({ body }) {
        if (body?.case !== 'presenceChanged') return;
        pushes += 1;
        for (const { userId, state } of body.value.presences) {
          told += 1;
          if (state === PresenceState.OFFLINE || seen.has(userId)) continue;
          seen.add(userId);
          missing -= 1;
        }
        if (missing === 0) onSeen();
      },
      onChunkEnd() {},
      onEnd: ({ message }) => report({ name: 'failed', reason: message }),
    };
  };
  const comeOnline = async () => {
    const come: Session[] = [];
    await connectAll(people.length, async (index) => {
      const { accessToken = '' } = people[index] ?? {};
      come.push(await Session.open(target, index, accessToken, listener(), { features: FEATURES }));
    });
    return come;
  };

  keepAlive(sessions);
  await connectAll(watchers.length, async (index) => {
    const { accessToken = '' } = watchers[index] ?? {};
    sessions.push(await Session.open(target, index, accessToken, listener(), { features: FEATURES }));
  });
  report({ name: 'connected' });
  await cue('phase');
  const unwatched = await comeOnline();
  report({ name: 'window-opened' });
  for (const session of unwatched) session.drop();
  await wait(GONE_MS);
  for (const [index, session] of sessions.entries()) {
    const userIds = Array.from({ length: watched }, (_, at) => people[(index + at) % people.length]?.userId ?? '');
    session.send({ id: WATCH_ID, body: { case: 'watch', value: { userIds, conversationIds: [] } } });
    session.flush();
  }
  while (answered < sessions.length) await wait(10);
  report({ name: 'window-closed' });
  await cue('phase');
  [pushes, told, missing] = [0, 0, sessions.length * watched];
  const allSeen = new Promise<void>((resolve) => {
    onSeen = resolve;
  });
  const startedMs = performance.now();
  await comeOnline();
  const onlineMs = performance.now() - startedMs;
  await allSeen;
  report({ name: 'presence-finished', result: { onlineMs, allSeenMs: performance.now() - startedMs, pushes, told } });
}
