import { writeFileSync } from 'node:fs';
import { readMeasured } from '../measured/read.ts';
import { drawAll } from './draw-all.ts';

const IMAGES_FOLDER = new URL('../../../docs/images/', import.meta.url).pathname;

const { files, left } = drawAll(readMeasured());
for (const line of left) console.log(line);
for (const { name, svg } of files) {
  writeFileSync(`${IMAGES_FOLDER}${name}`, svg);
  console.log(`docs/images/${name}`);
}
