import { type Call, dispatch, type Handlers, type Outcome, type ReadCalls } from './calls.ts';
import type { PackedRows } from './rows.ts';

export interface ReadBudget {
  /** Of the answers to one batch, about. */
  bytesMax: number;
  /** How long one batch may take; a single call may take longer. */
  durationMaxMs: number;
}

/** What a record costs on its way between the threads, beside the bytes it carries. */
const RECORD_BYTES = 256;

/**
 * Answers calls in their order until the budget is used up, but at least the first; the asker puts the others into the next
 * batch. So the asker hears of progress however expensive the calls are, and slow is not taken for dead.
 */
export function answerReads(
  handlers: Handlers<ReadCalls>,
  calls: readonly Call<ReadCalls>[],
  budget: ReadBudget,
  nowMs: () => number,
): Outcome[] {
  const outcomes: Outcome[] = [];
  const endMs = nowMs() + budget.durationMaxMs;
  let bytes = 0;
  for (const call of calls) {
    const outcome = answer(handlers, call);
    outcomes.push(outcome);
    bytes += bytesOf(outcome);
    if (bytes >= budget.bytesMax || nowMs() >= endMs) break;
  }
  return outcomes;
}

function answer(handlers: Handlers<ReadCalls>, call: Call<ReadCalls>): Outcome {
  try {
    return { ok: true, value: dispatch(handlers, call) };
  } catch (error) {
    return { ok: false, kind: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
  }
}

function bytesOf(outcome: Outcome): number {
  if (!outcome.ok) return RECORD_BYTES;
  if (Array.isArray(outcome.value)) return outcome.value.length * RECORD_BYTES;
  return isPacked(outcome.value) ? outcome.value.bytes.length + outcome.value.count * RECORD_BYTES : RECORD_BYTES;
}

const isPacked = (value: unknown): value is PackedRows =>
  typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array;
