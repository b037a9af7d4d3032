import { MIRRORED_MAX, type Mirror, RECORDS_MAX, type RecordChange, StoreError } from '@hongyan/core/ports';
import { isLaterVersion, type RecordVersion, type UserEvent, type UserId } from '@hongyan/protocol';
import type { Outcome } from '../lanes/carry-out.ts';
import { bodies, integers, texts } from '../wire/arrays.ts';
import { bytes, integer, text } from '../wire/columns.ts';
import type { Transaction } from '../wire/connection.ts';
import { type Call, call, type Row, type Statement } from '../wire/statement.ts';
import { growUserLogs, UserEventBatch } from './user-logs.ts';

export const findRecords: Statement = {
  name: 'find_records',
  text: `SELECT r.user_id, r.record_key, r.changed_at_ms, r.value
    FROM unnest($1::text[], $2::text[]) AS k(user_id, record_key)
    JOIN account_records r ON r.user_id = k.user_id AND r.record_key = k.record_key`,
};

/** The seq follows from the end of the user log as for the events, which have been added before. */
export const saveRecords: Statement = {
  name: 'save_records',
  text: `INSERT INTO account_records (user_id, record_key, changed_at_ms, value, seq)
    SELECT r.user_id, r.record_key, r.changed_at_ms, r.value, r.seq
    FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[], $5::bigint[])
      AS r(user_id, record_key, changed_at_ms, value, seq)
    ON CONFLICT (user_id, record_key) DO UPDATE
      SET changed_at_ms = excluded.changed_at_ms, value = excluded.value, seq = excluded.seq`,
};

export const countRecords: Statement = {
  name: 'count_records',
  text: `UPDATE user_logs l SET record_count = c.record_count
    FROM unnest($1::text[], $2::bigint[]) AS c(user_id, record_count) WHERE l.user_id = c.user_id`,
};

/** What is known of an account while a batch is decided: its log is locked, so nobody else changes it. */
interface Account {
  lastSeq: number;
  recordCount: number;
}

const NO_BYTES = new Uint8Array(0);

/** A change, and where else it is kept. */
export interface RecordSetting {
  change: RecordChange;
  mirrors: readonly Mirror[];
}

type Told = { userId: UserId; event: UserEvent }[];

/** Of two changes of one key the later stays, in the batch as between batches. */
export function setRecords(settings: readonly RecordSetting[]): Transaction<Outcome<Told>[]> {
  const places = settings.flatMap(({ change, mirrors }): Mirror[] => [change, ...mirrors]);
  const userIds = [...new Set(places.map(({ userId }) => userId))];
  return {
    look: [
      // Growing by nothing locks: an account's records are changed by whoever holds its log.
      call(growUserLogs, texts(userIds), integers(userIds.map(() => 0))),
      call(findRecords, texts(places.map(({ userId }) => userId)), texts(places.map(({ key }) => key))),
    ],
    decide([logs = [], records = []]) {
      const decision = new Decision(logs, records);
      const outcomes = settings.map((setting) => decision.take(setting));
      return {
        writes: decision.writes(),
        answer([grown = []]) {
          decision.events.place(grown);
          return outcomes;
        },
      };
    },
  };
}

class Decision {
  readonly events = new UserEventBatch();
  readonly #accounts: Map<string, Account>;
  readonly #known: Map<string, RecordVersion>;
  readonly #saved = new Map<string, { change: RecordChange; seq: number }>();

  constructor(logs: readonly Row[], records: readonly Row[]) {
    this.#accounts = new Map(
      logs.map((row) => [text(row, 0), { lastSeq: integer(row, 1), recordCount: integer(row, 2) }]),
    );
    this.#known = new Map(records.map((row) => [keyOf(text(row, 0), text(row, 1)), versionOf(row)]));
  }

  take({ change, mirrors }: RecordSetting): Outcome<Told> {
    if (!isLaterVersion(change, this.#known.get(keyOf(change.userId, change.key)))) return { ok: true, value: [] };
    const hasRoom =
      this.#hasRoom(change, RECORDS_MAX) && mirrors.every((mirror) => this.#hasRoom(mirror, MIRRORED_MAX));
    if (!hasRoom) return tooMany;
    const others = mirrors.map((mirror) => ({ ...change, ...mirror }));
    return { ok: true, value: [change, ...others].flatMap((each) => this.#keep(each)) };
  }

  #hasRoom({ userId, key }: Mirror, recordsMax: number): boolean {
    return this.#known.has(keyOf(userId, key)) || this.#account(userId).recordCount < recordsMax;
  }

  #keep(change: RecordChange): Told {
    const { userId, key, changedAtMs, value, timeMs } = change;
    const account = this.#account(userId);
    const known = this.#known.get(keyOf(userId, key));
    if (!isLaterVersion(change, known)) return [];
    if (known === undefined) account.recordCount += 1;
    account.lastSeq += 1;
    this.#known.set(keyOf(userId, key), { changedAtMs, value });
    this.#saved.set(keyOf(userId, key), { change, seq: account.lastSeq });
    const record = { case: 'recordChanged', value: { key, changedAtMs, value } } as const;
    const keyAlone = { case: 'recordChanged', value: { key, changedAtMs: 0, value: NO_BYTES } } as const;
    return [{ userId, event: this.events.add(userId, timeMs, record, keyAlone, key) }];
  }

  #account(userId: UserId): Account {
    const account = this.#accounts.get(userId);
    if (account === undefined) throw new TypeError('a user log was not locked');
    return account;
  }

  writes(): Call[] {
    const saved = [...this.#saved.values()];
    if (saved.length === 0) return [];
    const accounts = [...this.#accounts];
    return [
      ...this.events.calls(),
      call(
        saveRecords,
        texts(saved.map(({ change }) => change.userId)),
        texts(saved.map(({ change }) => change.key)),
        integers(saved.map(({ change }) => change.changedAtMs)),
        bodies(saved.map(({ change }) => change.value)),
        integers(saved.map(({ seq }) => seq)),
      ),
      call(
        countRecords,
        texts(accounts.map(([id]) => id)),
        integers(accounts.map(([, { recordCount }]) => recordCount)),
      ),
    ];
  }
}

/** From a row of `findRecords`. */
export const versionOf = (row: Row): RecordVersion => ({ changedAtMs: integer(row, 2), value: bytes(row, 3) });

const tooMany: Outcome<never> = { ok: false, error: new StoreError('rejected', 'too-many-records') };

const keyOf = (userId: string, key: string): string => `${userId}\n${key}`;
