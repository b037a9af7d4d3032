import { initial } from './0001-initial.ts';
import { secrets } from './0002-secrets.ts';
import { memberCounts } from './0003-member-counts.ts';
import { deviceKindsAndAppAccess } from './0004-device-kinds-and-app-access.ts';
import { conversationChanges } from './0005-conversation-changes.ts';
import { lastSeen } from './0006-last-seen.ts';
import { search } from './0007-search.ts';
import type { Migration } from './migration.ts';

export type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [
  initial,
  secrets,
  memberCounts,
  deviceKindsAndAppAccess,
  conversationChanges,
  lastSeen,
  search,
];
