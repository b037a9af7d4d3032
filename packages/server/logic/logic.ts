import type { Holdings, Ping, Position, UserId, Watch } from '@hongyan/protocol';
import type { Sight } from '@hongyan/protocol/cluster';
import type { Caller } from './caller.ts';
import type { LogicCommand } from './commands.ts';
import type { Outcome } from './outcome.ts';
import type { Covered, SyncTarget } from './sync.ts';

/**
 * Decides what sessions ask for. What fails does so with ProtocolError, or StoreError when the store could not do its part.
 */
export interface Logic {
  /**
   * Carries a command out. Of one session those that concern the same conversation take effect in the order in which they
   * come, as far as they are carried out.
   */
  run(caller: Caller, command: LogicCommand, outcome: Outcome): void;
  /** Pushes everything that differs from `holdings` to `target`; undefined when it ended before. */
  synchronise(caller: Caller, holdings: Holdings, target: SyncTarget): Promise<Covered | undefined>;
  /** Whether the device holds anything but what the account has; a hint. */
  differs(caller: Caller, stated: Pick<Ping, 'userSeq' | 'digest'>): Promise<boolean>;
  /** Takes again what a device holds and its person read, as far as the conversations are in use: reads next to nothing (RCP-6). */
  restate(caller: Caller, positions: readonly Position[]): void;
  /** What the caller may see of these accounts and conversations (PRS-5); what it may not know of is left out. */
  see(caller: Caller, watch: Watch): Promise<Sight>;
  /** These accounts were connected until about then. Kept behind, or lost. */
  left(userIds: readonly UserId[], seenMs: number): void;
}
