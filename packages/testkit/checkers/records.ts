import {
  type AccountRecord,
  type DeviceId,
  isLaterVersion,
  parseRecordKey,
  RECORD_AHEAD_MAX_MS,
} from '@hongyan/protocol';
import type { Checker, OwnerOf, Settled } from './checker.ts';

const NO_RECORDS: NonNullable<Settled['records']> = new Map();

/**
 * P4: an account's records are alike on all its devices, and of the changes that were answered none is later than the one
 * that stayed (REC-2).
 */
export function recordsChecker(ownerOf: OwnerOf): Checker {
  /** Changes on their way, by device, connection and command. */
  const asked = new Map<string, AccountRecord>();
  const answered: { deviceId: DeviceId; record: AccountRecord }[] = [];
  const name = (deviceId: DeviceId, connectionId: number, id: number) => `${deviceId} ${connectionId} ${id}`;
  return {
    promise: 'P4',
    observe(observation) {
      if (observation.kind === 'device-started') {
        for (const key of asked.keys()) if (key.startsWith(`${observation.deviceId} `)) asked.delete(key);
      } else if (observation.kind === 'commands-sent') {
        const { deviceId, connectionId, commands, atMs } = observation;
        for (const { id, body } of commands) {
          const record = body?.case === 'setRecord' ? body.value.record : undefined;
          // Further ahead, the server takes its own time instead (REC-3).
          const counts = record !== undefined && record.changedAtMs <= atMs + RECORD_AHEAD_MAX_MS;
          if (counts) asked.set(name(deviceId, connectionId, id), record);
        }
      } else if (observation.kind === 'frames-received') {
        const { deviceId, connectionId, frames } = observation;
        for (const { frame } of frames) {
          if (frame?.case !== 'reply' || frame.value.body?.case !== 'done') continue;
          const record = asked.get(name(deviceId, connectionId, frame.value.id));
          if (record !== undefined) answered.push({ deviceId, record });
        }
      }
    },
    outstanding({ records = NO_RECORDS, devices }) {
      const wrong: string[] = [];
      for (const { deviceId, record } of answered) {
        const stored = records.get(ownerOf(deviceId))?.find(({ key }) => key === record.key);
        if (stored === undefined || isLaterVersion(record, stored)) {
          wrong.push(`${record.key} of ${deviceId} at ${record.changedAtMs} gave way to ${stored?.changedAtMs}`);
        }
      }
      for (const { deviceId, userId, engine } of devices) {
        for (const { key, value } of records.get(userId) ?? []) {
          const parsed = parseRecordKey(key);
          if (parsed === undefined || engine.record === undefined) continue;
          const shown = engine.record(parsed);
          if (Buffer.compare(shown ?? new Uint8Array(), value) !== 0) wrong.push(`${deviceId} shows another ${key}`);
        }
      }
      return wrong;
    },
  };
}
