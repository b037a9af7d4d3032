import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { FileStore } from './file.ts';
import { lockFolder } from './folder-lock.ts';
import { encodeIdentity, identityOf, startTimeIn } from './process-identity.ts';

const root = mkdtempSync(join(tmpdir(), 'hongyan-folder-lock-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(root, 'folder-'));
});

const program = (code: string) => spawn(process.execPath, ['-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });

test('[OUT-8] a second store on the folder is refused and told why, and may have it afterwards', async () => {
  const first = new FileStore(folder);
  expect(await first.load()).toBeUndefined();
  const second = new FileStore(folder);
  await expect(second.load()).rejects.toMatchObject({
    code: 'store-in-use',
    message: expect.stringContaining(`another program uses this folder: ${folder}`),
  });
  await second.close();
  await first.close();
  const third = new FileStore(folder);
  expect(await third.load()).toBeUndefined();
  await third.close();
});

test('[OUT-8] a lock is held while its program lives, and falls when it is killed', async () => {
  const holder = program('process.stdin.resume(); console.log("ready")');
  await once(holder.stdout, 'data');
  writeFileSync(join(folder, 'lock'), String(holder.pid));
  await expect(lockFolder(folder)).rejects.toMatchObject({
    code: 'store-in-use',
    message: expect.stringContaining(String(holder.pid)),
  });
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const release = await lockFolder(folder);
  await release();
  expect(readdirSync(folder)).toEqual([]);
});

test('[OUT-8] the pid of a program that is gone may be this one’s own, as in a container that starts again', async () => {
  writeFileSync(join(folder, 'lock'), String(process.pid));
  await (await lockFolder(folder))();
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});

test('[OUT-8] the pid of a program that died is another one’s now: the folder is free', async () => {
  const init = await identityOf(1);
  const gone = [
    { ...init, startTime: 'another moment' },
    { ...init, bootId: 'another boot' },
  ];
  for (const owner of gone) {
    writeFileSync(join(folder, 'lock'), encodeIdentity(owner));
    await (await lockFolder(folder))();
  }
  writeFileSync(join(folder, 'lock'), encodeIdentity(init));
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'store-in-use' });
});

test('[OUT-8] a program is known by its lock for as long as it lives', async () => {
  const source = JSON.stringify(new URL('./folder-lock.ts', import.meta.url).href);
  const holder = program(`import(${source}).then(async ({ lockFolder }) => {
    await lockFolder(${JSON.stringify(folder)});
    process.stdin.resume();
    console.log('holds it');
  })`);
  await once(holder.stdout, 'data');
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'store-in-use' });
  const exited = once(holder, 'exit');
  holder.kill('SIGKILL');
  await exited;
  await (await lockFolder(folder))();
});

test('[OUT-8] a program that died while it removed a stale lock stands in nobody’s way', async () => {
  const gone = program('');
  await once(gone, 'exit');
  for (const name of ['lock', 'lock.removing']) writeFileSync(join(folder, name), `{"pid":${gone.pid}}`);
  await (await lockFolder(folder))();
  expect(readdirSync(folder)).toEqual([]);
});

test('[OUT-8] a lock that says nothing is nobody’s', async () => {
  for (const text of ['', 'nonsense', '{}', '{"pid":"1"}', 'null']) {
    writeFileSync(join(folder, 'lock'), text);
    await (await lockFolder(folder))();
  }
});

test('[OUT-8] the moment a program started is found whatever its name is', () => {
  const name = '(a) b) 1 2 (';
  const fields = Array.from({ length: 50 }, (_, index) => String(index + 3));
  expect(startTimeIn(`7 (${name}) ${fields.join(' ')}`)).toBe('22');
});

test('[OUT-8] of many programs that find a stale lock one gets the folder', async () => {
  const gone = program('');
  await once(gone, 'exit');
  writeFileSync(join(folder, 'lock'), String(gone.pid));
  const source = JSON.stringify(new URL('./folder-lock.ts', import.meta.url).href);
  const contender = `import(${source}).then(async ({ lockFolder }) => {
    console.log(await lockFolder(${JSON.stringify(folder)}).then(() => 'got it', ({ code }) => code));
    process.stdin.resume();
  })`;
  const contenders = Array.from({ length: 5 }, () => program(contender));
  const answers = await Promise.all(
    contenders.map(async ({ stdout }) => String((await once(stdout, 'data'))[0]).trim()),
  );
  for (const { stdin } of contenders) stdin.end();
  await Promise.all(contenders.map((child) => once(child, 'exit')));
  expect(answers.sort()).toEqual(['got it', ...Array.from({ length: 4 }, () => 'store-in-use')]);
});
