import type { Migration } from './migration.ts';

/** The place of a step that another change brings. */
export const reserved: Migration = { version: 5, sql: '' };
