import { Histogram } from './histogram.ts';

/** What one run counts; only what happens while it is recording. */
export class Meter {
  readonly latency = new Histogram();
  readonly ack = new Histogram();
  recording = false;
  receipts = 0;

  acknowledged(sentAtMs: number, nowMs: number): void {
    if (this.recording) this.ack.recordMs(nowMs - sentAtMs);
  }

  delivered(sentAtMs: number, nowMs: number): void {
    if (this.recording) this.latency.recordMs(nowMs - sentAtMs);
  }
}
