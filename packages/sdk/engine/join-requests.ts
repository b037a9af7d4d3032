import { decodeAsking, parseRecordKey, type RecordKey, type RecordVersion, type UserId } from '@hongyan/protocol';
import type { JoinRequest } from '../types.ts';
import { readValue } from './records.ts';

/** GRP-9: the account's own requests to join groups, and others' that it may answer; by the records of both kinds. */
export class JoinRequests {
  readonly #me: UserId;
  readonly #records: () => Iterable<[string, RecordVersion]>;
  #listed: readonly JoinRequest[] | undefined;

  constructor(me: UserId, records: () => Iterable<[string, RecordVersion]>) {
    this.#me = me;
    this.#records = records;
  }

  changed(): void {
    this.#listed = undefined;
  }

  /** The oldest first; the same array until something changed. */
  list(): readonly JoinRequest[] {
    this.#listed ??= [...this.#records()]
      .flatMap(([key, version]) => (key.startsWith('ask') ? this.#request(parseRecordKey(key), version) : []))
      .sort((a, b) => a.atMs - b.atMs);
    return this.#listed;
  }

  #request(key: RecordKey | undefined, { value, changedAtMs: atMs }: RecordVersion): JoinRequest[] {
    const asking = readValue(value, decodeAsking);
    if (!asking || (key?.kind !== 'asking' && key?.kind !== 'asked')) return [];
    const userId = key.kind === 'asked' ? key.userId : this.#me;
    return [{ conversationId: key.conversationId, userId, mine: key.kind === 'asking', text: asking.text, atMs }];
  }
}
