import { MIRRORED_MAX, type Mirror, RECORDS_MAX, type RecordChange, StoreError } from '@hongyan/core/ports';
import { isLaterVersion, type RecordVersion, type UserEvent, type UserId } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import type { Handlers, WriteCalls } from './calls.ts';
import type { AddUserEvent } from './user-events.ts';

const NO_BYTES = new Uint8Array(0);

/** Keeps the later of two changes of one key, inside the caller's transaction. */
export function createRecordWrites(
  database: Database,
  addUserEvent: AddUserEvent,
): Handlers<Pick<WriteCalls, 'setRecord'>> {
  const find = database.prepare<[string, string], RecordVersion>(
    'SELECT changed_at_ms AS changedAtMs, value FROM account_records WHERE user_id = ? AND record_key = ?',
  );
  const count = database.prepare<[string], number>('SELECT record_count FROM account_record_counts WHERE user_id = ?');
  count.pluck();
  const countOneMore = database.prepare(
    `INSERT INTO account_record_counts (user_id, record_count) VALUES (?, 1)
     ON CONFLICT DO UPDATE SET record_count = record_count + 1`,
  );
  const save = database.prepare(
    `INSERT INTO account_records (user_id, record_key, changed_at_ms, value, seq) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET changed_at_ms = excluded.changed_at_ms, value = excluded.value, seq = excluded.seq`,
  );

  function checkRoom({ userId, key }: Mirror, recordsMax: number): void {
    if (find.get(userId, key) === undefined && (count.get(userId) ?? 0) >= recordsMax) {
      throw new StoreError('rejected', 'too-many-records');
    }
  }

  function keep({ userId, key, value, changedAtMs, timeMs }: RecordChange): { userId: UserId; event: UserEvent }[] {
    const known = find.get(userId, key);
    if (!isLaterVersion({ changedAtMs, value }, known)) return [];
    if (known === undefined) countOneMore.run(userId);
    const keyAlone = { key, changedAtMs: 0, value: NO_BYTES };
    const event = addUserEvent(userId, timeMs, { case: 'recordChanged', value: keyAlone });
    save.run(userId, key, changedAtMs, value, event.seq);
    return [{ userId, event: { ...event, event: { case: 'recordChanged', value: { key, changedAtMs, value } } } }];
  }

  return {
    setRecord({ change, mirrors }) {
      const { changedAtMs, value } = change;
      if (!isLaterVersion({ changedAtMs, value }, find.get(change.userId, change.key))) return [];
      checkRoom(change, RECORDS_MAX);
      for (const mirror of mirrors) checkRoom(mirror, MIRRORED_MAX);
      return [...keep(change), ...mirrors.flatMap((mirror) => keep({ ...change, ...mirror }))];
    },
  };
}
