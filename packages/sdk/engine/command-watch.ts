import { COMMAND_TIMEOUT_MS, PROBE_TIMEOUT_MS } from './limits.ts';

/** What is to be done about commands without an answer. */
export type CommandVerdict = { kind: 'lost' } | { kind: 'probe' } | { kind: 'wait'; delayMs: number };

export interface UnansweredCommands {
  /** When the oldest was sent. */
  sentAtMs: number;
  /** What their way up takes at the least rate that counts as a way. */
  uploadMs: number;
  /** When the path is to be probed if nothing is heard until then. */
  probeDueMs: number;
  isProbing: boolean;
}

/** CON-4: a command has to be answered in time, and well before that something has to be heard. */
export function judgeCommands(commands: UnansweredCommands, nowMs: number): CommandVerdict {
  const leftMs = commands.sentAtMs + COMMAND_TIMEOUT_MS + commands.uploadMs - nowMs;
  if (leftMs <= 0) return { kind: 'lost' };
  if (commands.isProbing) return { kind: 'wait', delayMs: Math.min(leftMs, PROBE_TIMEOUT_MS) };
  const untilProbeMs = commands.probeDueMs - nowMs;
  if (untilProbeMs <= 0) return { kind: 'probe' };
  return { kind: 'wait', delayMs: Math.min(leftMs, untilProbeMs) };
}
