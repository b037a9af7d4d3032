import { describe, expect, test } from 'vitest';
import { type Lagging, SendBudget } from './send-budget.ts';

const KB = 1024;

/** A reader with `bytes` waiting, which end with it. */
class Reader implements Lagging {
  bytes = 0;
  ended = false;
  readonly #budget: SendBudget;
  #counted = 0;

  constructor(budget: SendBudget, bytes: number) {
    this.#budget = budget;
    this.bytes = bytes;
    this.measure();
  }

  measure(): void {
    if (this.bytes !== this.#counted) this.#budget.changed(this, this.#counted, this.bytes);
    this.#counted = this.bytes;
  }

  enforce(lagBytesMax: number): void {
    if (this.bytes <= lagBytesMax) return;
    this.ended = true;
    this.bytes = 0;
    this.measure();
  }
}

const readers = (budget: SendBudget, ...bytes: number[]) => bytes.map((each) => new Reader(budget, each));

describe('[LOD-9] what waits on all connections of a node', () => {
  test('is counted as it grows, and as it is taken', () => {
    const budget = new SendBudget();
    const [first, second] = readers(budget, 30, 12);
    expect(budget.bytes).toBe(42);
    if (first === undefined || second === undefined) throw new Error('there are none');
    first.bytes = 0;
    second.bytes = 20;
    budget.review();
    expect(budget.bytes).toBe(20);
  });

  test('ends nobody while it is not too much', () => {
    const budget = new SendBudget(1_000 * KB);
    const all = readers(budget, 900 * KB, 100 * KB);
    expect(budget.lagBytesMax).toBe(Number.POSITIVE_INFINITY);
    budget.review();
    expect(all.map(({ ended }) => ended)).toEqual([false, false]);
  });

  test('past the bound ends those with more than their share, until it is not too much', () => {
    const budget = new SendBudget(1_000 * KB);
    const all = readers(budget, 500 * KB, 200 * KB, 300 * KB, 400 * KB);
    expect(budget.lagBytesMax).toBe(250 * KB);
    budget.review();
    expect(all.map(({ ended }) => ended)).toEqual([true, false, false, false]);
    expect(budget.lagBytesMax).toBe(Number.POSITIVE_INFINITY);
  });

  test('leaves 64 to 256 KB to each', () => {
    const few = new SendBudget(1_000 * KB);
    readers(few, 1_001 * KB);
    expect(few.lagBytesMax).toBe(256 * KB);
    const many = new SendBudget(1_000 * KB);
    readers(many, ...Array.from({ length: 100 }, () => 11 * KB));
    expect(many.lagBytesMax).toBe(64 * KB);
  });
});
