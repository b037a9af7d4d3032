import { initial } from './0001-initial.ts';
import { accountRecords } from './0002-account-records.ts';
import { secrets } from './0003-secrets.ts';
import { memberCounts } from './0004-member-counts.ts';
import { lastSeen } from './0005-last-seen.ts';
import type { Migration } from './migration.ts';

export type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [initial, accountRecords, secrets, memberCounts, lastSeen];
