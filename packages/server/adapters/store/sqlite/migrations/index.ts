import { initial } from './0001-initial.ts';
import { accountRecords } from './0002-account-records.ts';
import { secrets } from './0003-secrets.ts';
import { memberCounts } from './0004-member-counts.ts';
import { deviceKindsAndAppAccess } from './0005-device-kinds-and-app-access.ts';
import { conversationChanges } from './0006-conversation-changes.ts';
import { lastSeen } from './0007-last-seen.ts';
import { search } from './0008-search.ts';
import type { Migration } from './migration.ts';

export type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [
  initial,
  accountRecords,
  secrets,
  memberCounts,
  deviceKindsAndAppAccess,
  conversationChanges,
  lastSeen,
  search,
];
