import type { Case } from '../target.ts';
import { frameCases } from './frames.ts';
import { logCases } from './log.ts';
import { presenceCases } from './presence.ts';
import { receiptCases } from './receipts.ts';
import { resumeCases } from './resume.ts';
import { sessionCases } from './session.ts';
import { syncCases } from './sync.ts';

export const cases: readonly Case[] = [
  ...frameCases,
  ...sessionCases,
  ...resumeCases,
  ...logCases,
  ...syncCases,
  ...receiptCases,
  ...presenceCases,
];
