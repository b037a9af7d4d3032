import { clientStoreContract } from './contract.ts';
import { MemoryStore } from './memory.ts';

clientStoreContract('memory', () => ({ open: () => new MemoryStore(), survivesRestart: false }));
