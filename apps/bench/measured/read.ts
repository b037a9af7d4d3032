import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MEASURED_FOLDER, type Measured } from './measured.ts';

/** A kept result is not what it should be. */
export class MeasuredError extends Error {
  constructor(name: string, what: string) {
    super(`docs/measured/${name}.json: ${what}`);
    this.name = 'MeasuredError';
  }
}

/** All results that are kept, by name. Throws `MeasuredError` for a file that is none. */
export function readMeasured(folder: string = MEASURED_FOLDER): Measured[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => parseMeasured(file.slice(0, -'.json'.length), readFileSync(join(folder, file), 'utf8')));
}

export function parseMeasured(fileName: string, json: string): Measured {
  const value = parsed(fileName, json);
  if (!isRecord(value) || !isRecord(value.result)) throw new MeasuredError(fileName, 'it has no result');
  const { name, command, measuredOn, result } = value;
  if (name !== fileName) throw new MeasuredError(fileName, `its name is ${String(name)}`);
  if (typeof command !== 'string' || typeof measuredOn !== 'string') {
    throw new MeasuredError(fileName, 'it does not say how and when it was measured');
  }
  if (typeof result.scenario !== 'string') throw new MeasuredError(fileName, 'its result has no scenario');
  return { name, command, measuredOn, result };
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(name: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new MeasuredError(name, error instanceof Error ? error.message : String(error));
  }
}
