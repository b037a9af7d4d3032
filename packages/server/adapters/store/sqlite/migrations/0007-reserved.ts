import type { Migration } from './migration.ts';

/** The place of a step that another change brings. */
export const reserved7: Migration = { version: 7, sql: '' };
