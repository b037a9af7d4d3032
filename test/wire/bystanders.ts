import { directConversationId, type Entry, encodeText } from '@hongyan/protocol';
import { expect } from 'vitest';
import { RawConnection, type Target, type Transport } from './raw-connection.ts';
import type { Account } from './running-server.ts';

const body = encodeText('still here');

/** Two people who go on talking while others misbehave: each answers the other's message with its own. */
export class Bystanders {
  readonly conversationId: string;
  readonly #connections: readonly [RawConnection, RawConnection];
  readonly #heard: [number[], number[]] = [[], []];
  readonly #talks: Promise<unknown>;
  #stopping = false;
  #lastNumber = 0;

  private constructor(conversationId: string, connections: readonly [RawConnection, RawConnection]) {
    this.conversationId = conversationId;
    this.#connections = connections;
    this.#send(0, 1);
    this.#talks = Promise.all([this.#listen(0), this.#listen(1)]);
  }

  static async start(
    target: Target,
    [a, b]: readonly [Account, Account],
    [overA, overB]: readonly [Transport, Transport],
  ): Promise<Bystanders> {
    const connections = [await RawConnection.open(target, overA), await RawConnection.open(target, overB)] as const;
    await connections[0].signIn(a.accessToken);
    await connections[1].signIn(b.accessToken);
    return new Bystanders(directConversationId(a.userId, b.userId), connections);
  }

  /** Lets them finish. Each must have heard all the other said, in order, and the log must hold that and nothing else. */
  async finish(): Promise<{ exchanged: number }> {
    this.#stopping = true;
    await this.#talks;
    const [first, second] = this.#heard;
    const all = [...first, ...second].sort((x, y) => x - y);
    expect(all).toEqual(all.map((_, index) => index + 1));
    for (const heard of this.#heard) expect(heard).toEqual([...heard].sort((x, y) => x - y));
    await this.#compareLog(all.length);
    for (const connection of this.#connections) connection.end();
    return { exchanged: all.length };
  }

  /** Odd numbers are the first one's, even ones the second's; the seq of a message is its number. */
  #send(who: 0 | 1, number: number): void {
    const value = { conversationId: this.conversationId, clientMessageId: `m${number}`, clientTimeMs: number, body };
    this.#connections[who].command({ id: number, body: { case: 'sendMessage', value } });
  }

  async #listen(who: 0 | 1): Promise<void> {
    for (;;) {
      const { seq, clientMessageId } = await this.#nextEntry(who);
      expect(clientMessageId).toBe(`m${seq}`);
      this.#heard[who].push(seq);
      if (seq === this.#lastNumber) return;
      // The second one has the last word.
      const isLast = this.#stopping && who === 1;
      if (isLast) this.#lastNumber = seq + 1;
      this.#send(who, seq + 1);
      if (isLast) return;
    }
  }

  async #nextEntry(who: 0 | 1): Promise<Entry> {
    const { body: push } = await this.#connections[who].next((frame) => frame.body?.case === 'entry');
    if (push?.case !== 'entry') throw new Error('not an entry');
    return push.value;
  }

  async #compareLog(length: number): Promise<void> {
    const [connection] = this.#connections;
    for (let afterSeq = 0, id = 1_000_000; afterSeq < length; id++) {
      const value = { conversationId: this.conversationId, afterSeq, beforeSeq: 0, limit: 200 };
      connection.command({ id, body: { case: 'fetchEntries', value } });
      const page = await connection.reply(id);
      if (page.case !== 'entryPage') throw new Error(`answered with ${page.case}`);
      expect(page.value.lastSeq).toBe(length);
      for (const { seq, clientMessageId } of page.value.entries) {
        expect([seq, clientMessageId]).toEqual([afterSeq + 1, `m${afterSeq + 1}`]);
        afterSeq = seq;
      }
    }
  }
}
