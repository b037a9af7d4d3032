import type { Commands } from './commands.ts';
import type { Connection } from './connection.ts';
import { COMMAND_TIMEOUT_MS, PROBE_TIMEOUT_MS, UPLOAD_RATE_MIN } from './limits.ts';
import type { EngineEffect, Moment } from './types.ts';

type Verdict = { kind: 'lost' } | { kind: 'probe' } | { kind: 'wait'; delayMs: number };

/** CON-4: a command has to be answered in time, and well before that something has to be heard. */
export class CommandWatch {
  readonly #commands: Commands;
  readonly #connection: Connection;
  readonly #effect: (effect: EngineEffect) => void;

  constructor(commands: Commands, connection: Connection, effect: (effect: EngineEffect) => void) {
    this.#commands = commands;
    this.#connection = connection;
    this.#effect = effect;
  }

  /** To be called when commands have gone out, and when the timer `command` fires: not every lost connection is told of. */
  look(at: Moment): void {
    const sentAtMs = this.#commands.oldestSentAtMs;
    if (sentAtMs === undefined) return;
    const verdict = this.#judge(sentAtMs, at.nowMs);
    switch (verdict.kind) {
      case 'wait':
        this.#wait(verdict.delayMs);
        return;
      case 'probe':
        this.#connection.probe(at);
        this.#wait(PROBE_TIMEOUT_MS);
        return;
      case 'lost':
        this.#connection.lost({ code: 0, reason: 'a command was not answered', retryAfterMs: 0 }, at);
    }
  }

  #judge(sentAtMs: number, nowMs: number): Verdict {
    const { unansweredBytes } = this.#commands;
    const { isProbing, probeDueMs } = this.#connection.probing(sentAtMs, unansweredBytes);
    const leftMs = sentAtMs + COMMAND_TIMEOUT_MS + unansweredBytes / UPLOAD_RATE_MIN - nowMs;
    if (leftMs <= 0) return { kind: 'lost' };
    if (isProbing) return { kind: 'wait', delayMs: Math.min(leftMs, PROBE_TIMEOUT_MS) };
    const untilProbeMs = probeDueMs - nowMs;
    if (untilProbeMs <= 0) return { kind: 'probe' };
    return { kind: 'wait', delayMs: Math.min(leftMs, untilProbeMs) };
  }

  #wait(delayMs: number): void {
    this.#effect({ type: 'setTimer', name: 'command', delayMs });
  }
}
