import { setTimeout as wait } from 'node:timers/promises';
import { directConversationId, type UserId } from '@hongyan/protocol';
import type { Cursors, Logs } from '../../../packages/testkit/checkers/index.ts';
import { type Reader, readLogs } from './log-reader.ts';
import { type Credentials, Session } from './session.ts';
import type { Access } from './world.ts';

const LET_IN_DEADLINE_MS = 30_000;
const LET_IN_PAUSE_MS = 500;

/** Reads for the judge what is kept of everybody's conversations. */
export class Inspector {
  readonly #access: Access;
  readonly #sessions = new Map<UserId, Session>();

  constructor(access: Access) {
    this.#access = access;
  }

  /** Takes in one of the people. */
  async learn(userId: UserId, credentials: Credentials): Promise<void> {
    this.#sessions.set(userId, await Session.open(this.#access.url, credentials));
  }

  /** Whoever signs in may be turned away after trouble, so that it tries again. Rejects when that takes too long. */
  async read(): Promise<{ logs: Logs; cursors: Cursors }> {
    const deadlineMs = performance.now() + LET_IN_DEADLINE_MS;
    for (;;) {
      try {
        return await readLogs(this.#access, await this.#readers());
      } catch (error) {
        if (performance.now() > deadlineMs) throw error;
        await wait(LET_IN_PAUSE_MS);
      }
    }
  }

  async #readers(): Promise<Reader[]> {
    const readers: Reader[] = [];
    for (const [userId, session] of this.#sessions) {
      const peerIds = [...this.#sessions.keys()].filter((peerId) => peerId !== userId);
      const conversationIds = peerIds.map((peerId) => directConversationId(userId, peerId));
      readers.push({ accessToken: await session.accessToken(), conversationIds });
    }
    return readers;
  }
}
