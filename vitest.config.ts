import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'test/**/*.test.ts'],
    // Many tests wait for real processes: two at a time also where there are two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Each SQLite store of a test starts threads, and where a processor has protection keys V8 13 now and then aborts a process
    // in which hundreds of threads come and go ("Check failed: jit_page.has_value()").
    execArgv: ['--no-memory-protection-keys'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
