import {
  type AccountRecord,
  ErrorCode,
  type Limits,
  ProtocolError,
  parseRecordKey,
  RECORD_AHEAD_MAX_MS,
  type RecordKey,
  type SetRecord,
} from '@hongyan/protocol';

/** A SetRecord's record and what its key says. Throws ProtocolError for one that can never be kept (REC-1, REC-7). */
export function admitRecord({ record }: SetRecord, limits: Limits): { record: AccountRecord; key: RecordKey } {
  if (record === undefined) throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'record is missing');
  // A key has ASCII characters only, or it is not one.
  if (record.key.length > limits.recordKeyBytesMax) {
    throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, `key has more than ${limits.recordKeyBytesMax} bytes`);
  }
  if (record.value.length > limits.recordValueBytesMax) {
    throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, `value has more than ${limits.recordValueBytesMax} bytes`);
  }
  const key = parseRecordKey(record.key);
  if (key === undefined) throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'key is not one');
  if (key.kind === 'peer' || (key.kind === 'asked' && record.value.length > 0)) {
    throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'the server alone writes this');
  }
  return { record, key };
}

/** REC-3: when a change counts as made. A device whose clock is wrong must not lock a key for all others. */
export function changeTimeMs(statedMs: number, nowMs: number): number {
  return statedMs > nowMs + RECORD_AHEAD_MAX_MS ? nowMs : statedMs;
}
