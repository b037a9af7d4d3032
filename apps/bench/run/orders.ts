import type { Target } from '../client/link.ts';
import type { Account } from '../client/talker.ts';
import type { Percentiles } from '../measure/histogram.ts';
import type { Verdict } from '../measure/judge.ts';

export interface DirectOrder {
  scenario: 'direct';
  target: Target;
  /** One client each; neighbours are a pair. */
  accounts: Account[];
  seconds: number;
  /** Unanswered messages per client. */
  window: number;
  bodyBytes: number;
  /** Messages per second of all clients together; undefined: as fast as the windows allow. */
  rate: number | undefined;
}

export interface IdleOrder {
  scenario: 'idle';
  target: Target;
  /** Shared evenly by the connections. */
  accounts: Account[];
  clients: number;
}

/** What the generator process is told to do, once. */
export type Order = DirectOrder | IdleOrder;

export interface DirectResult extends Verdict {
  messagesPerSecond: number;
  latencyMs: Percentiles;
  ackMs: Percentiles;
  receipts: number;
  /** Conversations in which a device had to fetch what the push path had lost. */
  gapsFetched: number;
  /** Entries pushed again at their own seq. */
  pushesRepeated: number;
  /** Share of the measured window in which the generator was busy, 0 to 1. */
  generatorUtilization: number;
}

/** What the generator process reports, in this order; `failed` ends it at any point. */
export type Report =
  | { name: 'connected' }
  | { name: 'window-opened' }
  | { name: 'window-closed' }
  | { name: 'finished'; result: DirectResult }
  | { name: 'failed'; reason: string };
