import { readFileSync, writeFileSync } from 'node:fs';
import { readMeasured } from '../measured/read.ts';
import { drawAll } from './draw-all.ts';
import { tableOf, withTable } from './table.ts';

const IMAGES_FOLDER = new URL('../../../docs/images/', import.meta.url).pathname;

const PERFORMANCE = new URL('../../../docs/performance.md', import.meta.url).pathname;

const measured = readMeasured();
const { files, left } = drawAll(measured);
for (const line of left) console.log(line);
for (const { name, svg } of files) {
  writeFileSync(`${IMAGES_FOLDER}${name}`, svg);
  console.log(`docs/images/${name}`);
}
writeFileSync(PERFORMANCE, withTable(readFileSync(PERFORMANCE, 'utf8'), tableOf(measured)));
console.log('docs/performance.md');
