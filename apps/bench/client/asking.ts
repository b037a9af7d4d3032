import { type Command, codeName, type Entry, ErrorCode, type Feature, type Push, type Reply } from '@hongyan/protocol';
import type { Target } from './link.ts';
import { Session, type SessionEnd, type SessionListener } from './session.ts';
import type { Account } from './talker.ts';

type CommandBody = NonNullable<Command['body']>;

export interface AskingParts {
  account: Account;
  onEntry: (entry: Entry) => void;
  onFailure: (reason: string) => void;
}

/** A connection that asks one thing after another, and waits for each answer. */
export class Asking implements SessionListener {
  readonly account: Account;
  readonly #parts: AskingParts;
  readonly #answers = new Map<number, PromiseWithResolvers<void>>();
  #lastId = 0;
  #session: Session | undefined;

  constructor(parts: AskingParts) {
    this.account = parts.account;
    this.#parts = parts;
  }

  async connect(target: Target, index: number, features: Feature[]): Promise<Session> {
    this.#session = await Session.open(target, index, this.account.accessToken, this, { features });
    return this.#session;
  }

  /** Resolves with the answer, of which nothing is kept. Rejects when it is an error. */
  ask(body: CommandBody): Promise<void> {
    this.#lastId += 1;
    const answer = Promise.withResolvers<void>();
    this.#answers.set(this.#lastId, answer);
    this.#session?.send({ id: this.#lastId, body });
    this.#session?.flush();
    return answer.promise;
  }

  /** As `ask`, of what has no answer. */
  say(body: CommandBody): void {
    this.#session?.send({ id: 0, body });
    this.#session?.flush();
  }

  onReply({ id, body }: Reply): void {
    const answer = this.#answers.get(id);
    this.#answers.delete(id);
    if (body?.case !== 'error') answer?.resolve();
    else answer?.reject(new Error(`${codeName(ErrorCode, body.value.code)}: ${body.value.message}`));
  }

  onPush({ body }: Push): void {
    if (body?.case === 'entry') this.#parts.onEntry(body.value);
  }

  onChunkEnd(): void {}

  onEnd({ message }: SessionEnd): void {
    this.#parts.onFailure(message);
  }
}
