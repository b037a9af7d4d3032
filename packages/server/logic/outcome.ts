/** Takes a command's one result. */
export interface Outcome {
  /** When the client is told that it took too long (LOD-4). */
  readonly deadlineMs: number;
  /** Whether anybody still waits for it: neither the deadline has passed nor the connection ended. */
  readonly isAwaited: boolean;
  /** Whether its client was told that it took too long, so that it is not to be begun any more (LOD-4). */
  readonly isOverdue: boolean;
  /** `reply`: the encoded frame; undefined where the command asked for no answer. */
  done(reply: Uint8Array | undefined): void;
  failed(error: unknown): void;
}
