import type { Message } from '@hongyan/sdk/node';

/** What one device was told, judged by what the other one wrote. */
export class WeakJudge {
  duplicated = 0;
  outOfOrder = 0;
  readonly #writtenAt = new Map<string, { index: number; atMs: number }>();
  /** A message that was tried again by hand goes to the end of what is to be sent: its place is another one. */
  readonly #retried = new Set<string>();
  readonly #heard = new Set<string>();
  #lastSeq = 0;
  #lastIndex = -1;

  get written(): number {
    return this.#writtenAt.size;
  }

  get delivered(): number {
    return this.#heard.size;
  }

  wrote(messageId: string, atMs: number): void {
    this.#writtenAt.set(messageId, { index: this.#writtenAt.size, atMs });
  }

  retried(messageId: string): void {
    this.#retried.add(messageId);
  }

  /** Answers how long the message took; undefined when it is not one that was written, or not the first time. */
  heard({ id, seq = 0 }: Pick<Message, 'id' | 'seq'>, nowMs: number): number | undefined {
    if (this.#heard.has(id)) {
      this.duplicated += 1;
      return undefined;
    }
    this.#heard.add(id);
    const written = this.#writtenAt.get(id);
    const index = written?.index ?? -1;
    const isInTurn = this.#retried.has(id) || index > this.#lastIndex;
    if (seq <= this.#lastSeq || !isInTurn) this.outOfOrder += 1;
    this.#lastSeq = Math.max(this.#lastSeq, seq);
    if (!this.#retried.has(id)) this.#lastIndex = Math.max(this.#lastIndex, index);
    return written === undefined ? undefined : nowMs - written.atMs;
  }
}
