import type { MoveProgress } from '@hongyan/server/adapters/store/move/index.ts';
import type { Pace } from './pace.ts';

const BAR_LENGTH = 24;
const PHASES = { copying: 'Copying', verifying: 'Comparing' } as const;

/** One line for people: what is done, how far, how fast and how long it will take. */
export function progressText({ phase, table, rowsDone, rowsTotal }: MoveProgress, pace: Pace): string {
  const percent = `${Math.floor(100 * shareOf(rowsDone, rowsTotal))} %`.padStart(5);
  const rows = `${grouped(rowsDone)} of ${grouped(rowsTotal)} rows`;
  const rate = pace.rowsPerSecond === 0 ? '' : `, ${grouped(Math.round(pace.rowsPerSecond))} rows/s`;
  const left = pace.remainingMs === undefined ? '' : `, ${clockOf(pace.remainingMs)} left`;
  return `${PHASES[phase].padEnd(9)} ${percent}  ${rows}${rate}${left} (${table})`;
}

export function progressBar({ rowsDone, rowsTotal }: MoveProgress): string {
  const filled = Math.floor(BAR_LENGTH * shareOf(rowsDone, rowsTotal));
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_LENGTH - filled)}`;
}

export const grouped = (count: number): string => count.toLocaleString('en');

const shareOf = (done: number, total: number): number => (total === 0 ? 1 : Math.min(done / total, 1));

/** Minutes and seconds, or hours, minutes and seconds. */
function clockOf(durationMs: number): string {
  const seconds = Math.ceil(durationMs / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const padded = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${padded(minutes)}:${padded(seconds % 60)}` : `${minutes}:${padded(seconds % 60)}`;
}
