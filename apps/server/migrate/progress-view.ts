import type { MoveProgress } from '@hongyan/server/adapters/store/move/index.ts';
import { PaceMeter } from './pace.ts';
import { progressBar, progressText } from './progress-text.ts';

export interface ProgressView {
  show(progress: MoveProgress): void;
  /** Leaves the last state on the screen and begins a new line. */
  end(): void;
}

/** What it writes to; `columns` is there when it is a terminal. */
export interface Screen {
  write(text: string): unknown;
  readonly columns?: number | undefined;
}

const BAR_INTERVAL_MS = 100;
const LINE_INTERVAL_MS = 5_000;
const TO_LINE_START = '\r\x1b[K';

/** A bar that stays in its line on a terminal; elsewhere a line now and then. Each phase begins and ends with one. */
export function createProgressView(screen: Screen, isTerminal: boolean, now: () => number): ProgressView {
  let shown: { phase: MoveProgress['phase']; atMs: number } | undefined;
  let latest: string | undefined;
  let meter = new PaceMeter();
  const intervalMs = isTerminal ? BAR_INTERVAL_MS : LINE_INTERVAL_MS;

  function flush(): void {
    if (latest === undefined) return;
    screen.write(isTerminal ? `${TO_LINE_START}${latest}` : `${latest}\n`);
    latest = undefined;
  }
  function endPhase(): void {
    flush();
    if (isTerminal && shown !== undefined) screen.write('\n');
    shown = undefined;
  }

  return {
    show(progress) {
      const nowMs = now();
      if (shown?.phase !== progress.phase) {
        endPhase();
        meter = new PaceMeter();
        shown = { phase: progress.phase, atMs: nowMs - intervalMs };
      }
      const text = progressText(progress, meter.note(progress.rowsDone, progress.rowsTotal, nowMs));
      latest = isTerminal ? `${progressBar(progress)} ${text}`.slice(0, (screen.columns ?? 80) - 1) : text;
      if (nowMs - shown.atMs < intervalMs) return;
      shown.atMs = nowMs;
      flush();
    },
    end: endPhase,
  };
}
