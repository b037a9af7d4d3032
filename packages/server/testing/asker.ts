import type { Clock } from '@hongyan/core';
import { type ConversationId, type ErrorCode, ProtocolError } from '@hongyan/protocol';
import type { LogicCommandBody } from '../logic/index.ts';
import { createRelayedLogic, type Relay } from '../relay/index.ts';
import { anna } from './people.ts';

const DEADLINE_MS = 15_000;

/** What became of a command: nothing so far, done, or an error code (0 for anything but ProtocolError). */
export type Result = 'waits' | 'done' | ErrorCode | 0;

/** A session of Anna's that asks logic behind a relay. */
export class Asker {
  readonly logic;
  readonly results: Result[] = [];
  readonly #clock: Clock;
  readonly #sessionId: string;

  constructor({ relay, clock }: { relay: Relay; clock: Clock }, sessionId = 's1') {
    this.logic = createRelayedLogic(relay, clock);
    this.#clock = clock;
    this.#sessionId = sessionId;
  }

  send(conversationId: ConversationId, clientMessageId: string): void {
    const value = { conversationId, clientMessageId, clientTimeMs: 0, body: Uint8Array.of(1) };
    this.ask({ case: 'sendMessage', value });
  }

  /** Its result is at this command's place in `results`. */
  ask(body: LogicCommandBody): void {
    const at = this.results.push('waits') - 1;
    const caller = { ...anna, sessionId: this.#sessionId };
    this.logic.run(
      caller,
      { id: at + 1, body },
      {
        deadlineMs: this.#clock.now() + DEADLINE_MS,
        isAwaited: true,
        isOverdue: false,
        done: () => this.#over(at, 'done'),
        failed: (error) => this.#over(at, error instanceof ProtocolError ? error.code : 0),
      },
    );
  }

  #over(at: number, result: Result): void {
    if (this.results[at] !== 'waits') throw new Error(`command ${at} has a second result`);
    this.results[at] = result;
  }
}
