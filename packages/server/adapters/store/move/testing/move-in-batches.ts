import { readSync, writeSync } from 'node:fs';
import { move } from '../index.ts';

// Moves in small batches and prints each; before it goes on with the comparison it waits for standard input. With a last
// argument it kills itself (SIGKILL) after that many batches, or at the first one of that phase.

const [directory = '', url = '', schema = '', rowsMax = '', dieAt = ''] = process.argv.slice(2);
let batchCount = 0;
let isGateOpen = false;

const { differenceCount } = await move({
  directory,
  url,
  schema,
  partitionCount: 2,
  batch: { rowsMax: Number(rowsMax), bytesMax: 1024 * 1024 },
  onProgress({ phase, table, rowsDone }) {
    batchCount += 1;
    writeSync(1, `${phase} ${table} ${rowsDone}\n`);
    if (dieAt === phase || Number(dieAt) === batchCount) process.kill(process.pid, 'SIGKILL');
    if (phase === 'verifying' && !isGateOpen) {
      readSync(0, new Uint8Array(1));
      isGateOpen = true;
    }
  },
});
writeSync(1, `differences ${differenceCount}\n`);
