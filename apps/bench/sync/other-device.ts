import { type ConversationId, directConversationId, type UserId } from '@hongyan/protocol';
import type { Target } from '../client/link.ts';
import { Session, type SessionListener } from '../client/session.ts';
import type { Account } from '../client/talker.ts';
import { bodyOf } from '../generator/body.ts';

const UNANSWERED_MAX = 64;
const FIRST_ID = 10;

/** Another device of the account, through which conversations change while the measured one is away. */
export class OtherDevice {
  readonly #session: Session;
  readonly #account: Account;
  readonly #body: Uint8Array;
  /** By the id of the command that waits for one. */
  readonly #answers: Map<number, () => void>;
  #lastId = FIRST_ID;

  private constructor(session: Session, answers: Map<number, () => void>, account: Account, bodyBytes: number) {
    this.#session = session;
    this.#answers = answers;
    this.#account = account;
    this.#body = bodyOf(bodyBytes);
  }

  static async connect(target: Target, account: Account, bodyBytes: number): Promise<OtherDevice> {
    const answers = new Map<number, () => void>();
    const listener: SessionListener = {
      onReply({ id }) {
        answers.get(id)?.();
        answers.delete(id);
      },
      onPush() {},
      onChunkEnd() {},
      onEnd() {},
    };
    const session = await Session.open(target, 0, account.accessToken, listener);
    return new OtherDevice(session, answers, account, bodyBytes);
  }

  /** Writes one message to each of these people. Resolves when all are committed. */
  async writeTo(peers: readonly UserId[]): Promise<void> {
    for (let at = 0; at < peers.length; at += UNANSWERED_MAX) {
      const sends = peers.slice(at, at + UNANSWERED_MAX).map((peer) => {
        return this.#send(directConversationId(this.#account.userId, peer));
      });
      this.#session.flush();
      await Promise.all(sends);
    }
  }

  leave(): void {
    this.#session.drop();
  }

  #send(conversationId: ConversationId): Promise<void> {
    this.#lastId += 1;
    const id = this.#lastId;
    const value = { conversationId, clientMessageId: `b${id}`, clientTimeMs: Date.now(), body: this.#body };
    this.#session.send({ id, body: { case: 'sendMessage', value } });
    return new Promise((resolve) => this.#answers.set(id, resolve));
  }
}
