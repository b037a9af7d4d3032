import {
  type AccountRecord,
  type ChosenPresence,
  chosenPresence,
  decodeSetting,
  isLaterVersion,
  PRESENCE_AUDIENCE_KEY,
  PRESENCE_KEY,
  type PresenceAudience,
  presenceAudience,
  recordKey,
} from '@hongyan/protocol';

/** The keys of the account records that say how the account is to be seen. */
export const APPEARANCE_KEYS: readonly string[] = [recordKey(PRESENCE_KEY), recordKey(PRESENCE_AUDIENCE_KEY)];

/** How an account says that it is to be seen. */
export interface Appearance {
  chosen: ChosenPresence;
  /** When that was chosen; 0: nothing was. */
  chosenAtMs: number;
  audience: PresenceAudience;
}

export function appearanceOf(records: readonly AccountRecord[]): Appearance {
  const find = (key: string) => records.find((record) => record.key === key);
  const [presence, audience] = [find(recordKey(PRESENCE_KEY)), find(recordKey(PRESENCE_AUDIENCE_KEY))];
  return {
    chosen: chosenPresence(settingOf(presence)),
    chosenAtMs: presence?.changedAtMs ?? 0,
    audience: presenceAudience(settingOf(audience)),
  };
}

/** Of each key the later version (REC-2), so that it does not matter in which order they are heard. */
export function laterRecords(known: readonly AccountRecord[], heard: readonly AccountRecord[]): AccountRecord[] {
  const records = new Map(known.map((record) => [record.key, record]));
  for (const record of heard) {
    if (APPEARANCE_KEYS.includes(record.key) && isLaterVersion(record, records.get(record.key))) {
      records.set(record.key, record);
    }
  }
  return [...records.values()];
}

/** Bytes that are no setting were meant to be one: as text they are none that anybody knows. */
function settingOf(record: AccountRecord | undefined): string {
  if (record === undefined || record.value.length === 0) return '';
  try {
    return decodeSetting(record.value).value;
  } catch {
    return '?';
  }
}
