import { initial } from './0001-initial.ts';
import { accountRecords } from './0002-account-records.ts';
import type { Migration } from './migration.ts';

export type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [initial, accountRecords];
