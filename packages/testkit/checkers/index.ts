import { answersChecker } from './answers.ts';
import type { Checker, OwnerOf } from './checker.ts';
import { displayOrderChecker } from './display-order.ts';
import { durableChecker } from './durable.ts';
import { erasureChecker } from './erasure.ts';
import { groupsShownChecker } from './groups-shown.ts';
import { historyChecker } from './history.ts';
import { livenessChecker } from './liveness.ts';
import { membershipChecker } from './membership.ts';
import { nothingMissedChecker } from './nothing-missed.ts';
import { onceChecker } from './once.ts';
import { oneOrderChecker } from './one-order.ts';
import { ownOrderChecker } from './own-order.ts';
import { pushesChecker } from './pushes.ts';
import { receiptsChecker } from './receipts.ts';
import { recordsChecker } from './records.ts';
import { relationsChecker } from './relations.ts';
import { restChecker } from './rest.ts';
import { shownChecker } from './shown.ts';
import { triesChecker } from './tries.ts';
import { undisturbedChecker } from './undisturbed.ts';
import { windowsChecker } from './windows.ts';

export type { Checker, Cursors, DeviceView, Logs, OwnerOf, PromiseId, Settled, Violation } from './checker.ts';

/** At least one for each promise, all fresh. */
export const createCheckers = (ownerOf: OwnerOf): Checker[] => [
  durableChecker(),
  onceChecker(),
  oneOrderChecker(),
  ownOrderChecker(),
  displayOrderChecker(),
  nothingMissedChecker(ownerOf),
  pushesChecker(ownerOf),
  receiptsChecker(ownerOf),
  recordsChecker(ownerOf),
  membershipChecker(ownerOf),
  windowsChecker(ownerOf),
  relationsChecker(ownerOf),
  erasureChecker(),
  answersChecker(),
  undisturbedChecker(),
  livenessChecker(),
];

/** Those that need more than real time and real screens give: all that is said, all that is shown, and patience. */
export const createSimulationCheckers = (): Checker[] => [
  historyChecker(),
  restChecker(),
  shownChecker(),
  groupsShownChecker(),
  triesChecker(),
];
