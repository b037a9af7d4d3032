import { ConfigError } from '@hongyan/server';
import { MoveError, type MoveResult, move, StoreOpenError } from '@hongyan/server/adapters/store/move/index.ts';
import { giveUp } from '../give-up.ts';
import { differenceText } from './difference-text.ts';
import { readMigrateOptions } from './options.ts';
import { grouped } from './progress-text.ts';
import { createProgressView } from './progress-view.ts';

/** Moves everything and compares; the exit code is 0 only when both sides are the same afterwards. */
export const runMigration = (argv: readonly string[]): Promise<void> =>
  migrate(argv).catch(giveUp(ConfigError, MoveError, StoreOpenError));

async function migrate(argv: readonly string[]): Promise<void> {
  const { directory, url } = readMigrateOptions(argv, process.env);
  const view = createProgressView(process.stdout, process.stdout.isTTY, () => performance.now());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      view.end();
      console.error('hongyan: stopped; the same command goes on from here');
      process.exit(1);
    });
  }
  try {
    const result = await move({ directory, url, onProgress: view.show });
    view.end();
    report(result, directory);
  } catch (error) {
    view.end();
    throw error;
  }
}

function report({ rowCount, differences, differenceCount }: MoveResult, directory: string): void {
  if (differenceCount === 0) {
    console.log(`Moved: ${grouped(rowCount)} rows, and both sides are the same. ${directory} is as it was.`);
    console.log('From now on start the server with HONGYAN_STORE (or --store) set to the new place.');
    return;
  }
  for (const difference of differences) console.error(`hongyan: ${differenceText(difference)}`);
  const unnamed = differenceCount - differences.length;
  if (unnamed > 0) console.error(`hongyan: and ${grouped(unnamed)} more`);
  console.error('hongyan: both sides are not the same, so the target cannot be served; empty it and begin again');
  process.exitCode = 1;
}
