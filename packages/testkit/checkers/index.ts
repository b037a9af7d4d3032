import type { Checker, OwnerOf } from './checker.ts';
import { durableChecker } from './durable.ts';
import { livenessChecker } from './liveness.ts';
import { nothingMissedChecker } from './nothing-missed.ts';
import { onceChecker } from './once.ts';
import { oneOrderChecker } from './one-order.ts';
import { receiptsChecker } from './receipts.ts';

export type { Checker, DeviceView, Logs, OwnerOf, PromiseId, Settled, Violation } from './checker.ts';

/** One for each promise, all fresh. */
export const createCheckers = (ownerOf: OwnerOf): Checker[] => [
  durableChecker(),
  onceChecker(),
  oneOrderChecker(),
  nothingMissedChecker(ownerOf),
  receiptsChecker(ownerOf),
  livenessChecker(),
];
