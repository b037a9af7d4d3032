import { errorClass, type Error as Refusal } from '@hongyan/protocol';
import { reasonOf } from '../failures.ts';
import type { Commands } from './commands.ts';
import type { Replica } from './replica.ts';
import type { Retries } from './retries.ts';
import type { Moment } from './types.ts';

const setting = (key: string) => `set ${key}`;

/** The way of changed records to the server: tried for ever, as a later change would replace them anyway (REC-6). */
export class RecordSending {
  readonly #replica: Replica;
  readonly #commands: Commands;
  readonly #retries: Retries;

  constructor(replica: Replica, commands: Commands, retries: Retries) {
    this.#replica = replica;
    this.#commands = commands;
    this.#retries = retries;
  }

  issue(at: Moment, serverNowMs: number, hasRoom: () => boolean): void {
    const { records, limits } = this.#replica;
    for (const key of records.unsent(limits.recordValueBytesMax)) {
      if (!hasRoom()) return;
      if (this.#retries.isPaused(setting(key), at.nowMs)) continue;
      const record = records.send(key, serverNowMs);
      this.#commands.ask({ case: 'setRecord', value: { record } }, { kind: 'setRecord', key }, at.nowMs);
    }
  }

  settled(key: string): void {
    this.#retries.succeeded(setting(key));
    this.#replica.records.settled(key);
  }

  refused(key: string, { code, retryAfterMs }: Refusal, at: Moment): void {
    if (errorClass(code) === 'later') {
      this.#retries.failed(setting(key), retryAfterMs, at);
      this.#replica.records.postponed(key);
    } else {
      this.#retries.succeeded(setting(key));
      this.#replica.records.refused(key, reasonOf(code));
    }
  }
}
