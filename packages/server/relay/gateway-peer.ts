import type { Address } from '@hongyan/core';
import { type Answer, encodeAnswerBatch } from '@hongyan/protocol/cluster';
import type { RemoteTarget } from './remote-target.ts';

/** A message to the broker; the largest frame fits beside it. */
const BATCH_BYTES_MAX = 256 * 1024;
/** What an answer costs beside the frame it carries. */
const ANSWER_OVERHEAD_BYTES = 32;

type Body = NonNullable<Answer['body']>;

/** A gateway, as a node with logic knows it: what it asked, and what it is to be answered. */
export class GatewayPeer {
  /** Requests being carried out. */
  readonly running = new Set<number>();
  readonly syncs = new Map<number, RemoteTarget>();
  readonly #logicId: string;
  readonly #address: Address;
  #answers: Answer[] = [];
  /** Batches whose statements were taken and are not in the store, oldest first, and whether they are by now. */
  readonly #batches: { number: number; isKept: boolean }[] = [];
  #keptThrough = 0;
  #toldKeptThrough = 0;

  constructor(logicId: string, address: Address) {
    this.#logicId = logicId;
    this.#address = address;
  }

  get hasSomethingToSay(): boolean {
    return this.#answers.length > 0 || this.#keptThrough > this.#toldKeptThrough;
  }

  answer(id: number, body: Body): void {
    this.#answers.push({ id, body });
  }

  /** A batch came; `kept` resolves when what it states is in the store. Answers when the gateway may be told something new. */
  async took(number: number, kept: Promise<void>): Promise<void> {
    const batch = { number, isKept: false };
    this.#batches.push(batch);
    await kept;
    batch.isKept = true;
    while (this.#batches[0]?.isKept) this.#keptThrough = this.#batches.shift()?.number ?? 0;
  }

  flush(): void {
    let batch: Answer[] = [];
    let bytes = 0;
    for (const answer of this.#answers.splice(0)) {
      const size = ANSWER_OVERHEAD_BYTES + sizeOf(answer);
      if (bytes + size > BATCH_BYTES_MAX && batch.length > 0) {
        this.#send(batch);
        batch = [];
        bytes = 0;
      }
      batch.push(answer);
      bytes += size;
    }
    if (batch.length > 0 || this.#keptThrough > this.#toldKeptThrough) this.#send(batch);
  }

  /** The gateway is gone. */
  end(): void {
    this.#address.close();
    for (const target of this.syncs.values()) target.end();
  }

  #send(answers: Answer[]): void {
    this.#toldKeptThrough = this.#keptThrough;
    this.#address.send(encodeAnswerBatch({ logicId: this.#logicId, keptThrough: this.#keptThrough, answers }));
  }
}

const sizeOf = ({ body }: Answer): number => (body?.case === 'reply' || body?.case === 'push' ? body.value.length : 0);
