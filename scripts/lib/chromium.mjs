import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installFromDebian } from './debian.mjs';
import { StepError } from './run.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const packages = ['chromium', 'fonts-noto-cjk', 'fonts-noto-color-emoji'];

/** The path of a Chromium, undefined when there is none. */
export function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Sees that the browser the end-to-end tests need is there; root on Debian gets it installed. Throws StepError. */
export async function ensureChromium() {
  if (findChromium() !== undefined) return;
  await installFromDebian(packages, 'the end-to-end tests');
  if (findChromium() !== undefined) return;
  throw new StepError(
    `The end-to-end tests need Chromium and fonts for Chinese: install ${packages.join(' and ')} (Debian, Ubuntu), ` +
      `or see that one of ${names.join(', ')} is in the path.`,
  );
}
