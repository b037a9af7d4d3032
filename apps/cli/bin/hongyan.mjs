#!/usr/bin/env node
// The program is TypeScript that only a new Node runs as it is. An older one looks for the Node that came with the
// workspace and hands over to it; this file has to be plain JavaScript for that.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_MAJOR_MIN = 24;
const main = fileURLToPath(new URL('../main.ts', import.meta.url));

function nodeOfWorkspace() {
  for (let folder = dirname(main); ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', '.bin', 'node');
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
}

if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR_MIN) {
  await import(main);
} else {
  const node = nodeOfWorkspace();
  if (node === undefined) {
    console.error(`hongyan needs Node ${NODE_MAJOR_MIN} or later; this is ${process.versions.node}`);
    process.exit(1);
  }
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  // The terminal sends Ctrl-C to both; the child decides what it means.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code) => process.exit(code ?? 1));
}
