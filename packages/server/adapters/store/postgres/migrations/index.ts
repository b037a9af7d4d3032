import { initial } from './0001-initial.ts';
import { secrets } from './0002-secrets.ts';
import { memberCounts } from './0003-member-counts.ts';
import { lastSeen } from './0004-last-seen.ts';
import type { Migration } from './migration.ts';

export type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [initial, secrets, memberCounts, lastSeen];
