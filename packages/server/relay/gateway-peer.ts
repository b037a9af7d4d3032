import type { Address } from '@hongyan/core';
import { type Answer, encodeAnswerBatch } from '@hongyan/protocol/cluster';
import type { RemoteTarget } from './remote-target.ts';
import type { Work } from './work.ts';

/** A message to the broker; the largest frame fits beside it. */
const BATCH_BYTES_MAX = 256 * 1024;
/** What an answer costs beside the frame it carries. */
const ANSWER_OVERHEAD_BYTES = 32;

type Body = NonNullable<Answer['body']>;

/** How it is known what is in the store. */
export interface Keeping {
  /** Resolves when all that devices stated so far is. */
  kept(): Promise<void>;
  /** There is something to tell the gateway. */
  onKept(): void;
}

/** A gateway, as a node with logic knows it: what it asked, and what it is to be answered. */
export class GatewayPeer {
  /** Requests being carried out. */
  readonly running = new Set<number>();
  readonly syncs = new Map<number, RemoteTarget>();
  readonly #logicId: string;
  readonly #address: Address;
  readonly #keeping: Keeping;
  #answers: Answer[] = [];
  /** By which devices state their positions, and which are not over. */
  readonly #statements = new Set<Work>();
  #lastBatch = 0;
  #isKeeping = false;
  #keptThrough = 0;
  #toldKeptThrough = 0;

  constructor(logicId: string, address: Address, keeping: Keeping) {
    this.#logicId = logicId;
    this.#address = address;
    this.#keeping = keeping;
  }

  get hasSomethingToSay(): boolean {
    return this.#answers.length > 0 || this.#keptThrough > this.#toldKeptThrough;
  }

  answer(id: number, body: Body): void {
    this.#answers.push({ id, body });
  }

  /** A batch came, in which devices state their positions by these works. */
  took(number: number, statements: readonly Work[]): void {
    for (const work of statements) {
      this.#statements.add(work);
      void work.ended.then(() => this.#statements.delete(work));
    }
    this.#lastBatch = number;
    if (!this.#isKeeping) void this.#keep();
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

  async #keep(): Promise<void> {
    this.#isKeeping = true;
    while (this.#keptThrough < this.#lastBatch) {
      const through = this.#lastBatch;
      await Promise.all([...this.#statements].map(({ ended }) => ended));
      await this.#keeping.kept();
      this.#keptThrough = through;
      this.#keeping.onKept();
    }
    this.#isKeeping = false;
  }

  #send(answers: Answer[]): void {
    this.#toldKeptThrough = this.#keptThrough;
    this.#address.send(encodeAnswerBatch({ logicId: this.#logicId, keptThrough: this.#keptThrough, answers }));
  }
}

const sizeOf = ({ body }: Answer): number => (body?.case === 'reply' || body?.case === 'push' ? body.value.length : 0);
