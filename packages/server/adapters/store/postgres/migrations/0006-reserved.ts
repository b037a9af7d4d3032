import type { Migration } from './migration.ts';

/** The place of a step that another change brings. */
export const reserved6: Migration = { version: 6, sql: () => '' };
