import { acceptanceKeys, accepts } from '@hongyan/core';
import type { AppendRequest } from '@hongyan/core/ports';
import { type RecordVersion, recordKey } from '@hongyan/protocol';
import { texts } from '../wire/arrays.ts';
import { text } from '../wire/columns.ts';
import { type Call, call, type Row } from '../wire/statement.ts';
import { findRecords, versionOf } from './records.ts';

/** Reads what recipients say of whom they take messages from; nothing where nobody has to. */
export function lookForAcceptance(requests: readonly AppendRequest[]): Call[] {
  const places = new Map<string, [userId: string, key: string]>();
  for (const { recipientId, senderId } of requests) {
    if (recipientId === undefined) continue;
    for (const key of acceptanceKeys(senderId, 'write').map(recordKey)) {
      places.set(placeOf(recipientId, key), [recipientId, key]);
    }
  }
  if (places.size === 0) return [];
  const asked = [...places.values()];
  return [call(findRecords, texts(asked.map(([userId]) => userId)), texts(asked.map(([, key]) => key)))];
}

/** Whether a request's recipient takes it, by the rows of `lookForAcceptance`. */
export class Acceptance {
  readonly #records: ReadonlyMap<string, RecordVersion>;

  constructor(rows: readonly Row[]) {
    this.#records = new Map(rows.map((row) => [placeOf(text(row, 0), text(row, 1)), versionOf(row)]));
  }

  has({ recipientId, senderId, serverTimeMs }: AppendRequest): boolean {
    if (recipientId === undefined) return true;
    return accepts((key) => this.#records.get(placeOf(recipientId, recordKey(key))), senderId, 'write', serverTimeMs);
  }
}

const placeOf = (userId: string, key: string): string => `${userId}\n${key}`;
