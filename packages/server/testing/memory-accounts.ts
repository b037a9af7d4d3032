import type { AccountStore } from '@hongyan/core/ports';
import { createMemoryStore } from '../adapters/store/memory/index.ts';

/** Accounts that live as long as a test. */
export const createMemoryAccounts = (): AccountStore => createMemoryStore().accounts;
