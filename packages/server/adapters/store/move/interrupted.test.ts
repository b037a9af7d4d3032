import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentsOf } from './testing/installation.ts';
import { Movings } from './testing/moving.ts';
import { runProgram } from './testing/run-program.ts';

const ROWS = 200;
const LINES_BEFORE_FIRST_KILL = 4;

let movings: Movings;
beforeAll(async () => {
  movings = await Movings.create();
});
afterAll(() => movings?.[Symbol.asyncDispose]());

test('[M3] killed (-9) again and again at whatever moment, it goes on where it was and comes to the same end', async () => {
  const moving = await movings.next();
  const lines: string[][] = [];
  for (let linesMax = LINES_BEFORE_FIRST_KILL; ; linesMax += 4) {
    const run = await runProgram(moving.programArguments(ROWS), linesMax);
    lines.push(run.lines);
    if (run.isFinished) break;
    await expect(moving.openTarget()).rejects.toMatchObject({ reason: 'unfinished-move' });
  }
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.at(-1)?.at(-1)).toBe('differences 0');
  // Each run begins behind what the one before it had said to be there.
  const copied = lines.map((run) =>
    run.filter((line) => line.startsWith('copying')).map((line) => Number(line.split(' ')[2])),
  );
  const ends = copied.map((counts) => Math.max(0, ...counts));
  for (const [at, counts] of copied.entries()) {
    if (at > 0 && counts.length > 0) expect(counts[0]).toBeGreaterThan(Math.max(...ends.slice(0, at)));
  }
  const target = await moving.openTarget();
  expect(await contentsOf(target)).toEqual(movings.contents);
  await target.close();
});

test('[M3] killed between the phases, it only compares', async () => {
  const moving = await movings.next();
  await runProgram([...moving.programArguments(ROWS), 'verifying']);
  const { lines } = await runProgram(moving.programArguments(ROWS));
  expect(lines.filter((line) => line.startsWith('copying'))).toEqual([]);
  expect(lines.at(-1)).toBe('differences 0');
  const target = await moving.openTarget();
  expect(await contentsOf(target)).toEqual(movings.contents);
  await target.close();
});

test('[M3] what was interrupted is not gone on with from another source, or one that was used since', async () => {
  const moving = await movings.next();
  await runProgram([...moving.programArguments(ROWS), '9']);
  const before = await moving.query('SELECT * FROM move_progress ORDER BY table_name');
  const used = await movings.next();
  const source = await used.openSource();
  await source.accounts.createUser({
    ...{ userId: 'u9', handle: 'new', displayName: '', statusLine: '', passwordHash: '', createdAtMs: 1 },
  });
  await source.close();
  const other = { name: 'MoveError', reason: 'other-source' };
  await expect(moving.move({ directory: used.directory })).rejects.toMatchObject(other);
  expect(await moving.query('SELECT * FROM move_progress ORDER BY table_name')).toEqual(before);
  expect((await moving.move()).differences).toEqual([]);
});
