import { appQueries } from './app-queries.ts';
import { deviceQueries } from './device-queries.ts';
import { userQueries } from './queries.ts';

/** All that an engine has to know. */
export const accountQueries = [...userQueries, ...deviceQueries, ...appQueries] as const;
