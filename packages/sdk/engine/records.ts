import { type AccountRecord, copyBytes, isLaterVersion, type RecordVersion } from '@hongyan/protocol';
import type { HeldRecord } from './types.ts';

/**
 * The account's records as this device has them (REC-6): what the server is known to have, and over it what was changed here
 * and is on its way. Of each key one change is under way at a time; what is changed meanwhile replaces the one that waits.
 */
export class Records {
  readonly #held = new Map<string, HeldRecord>();
  readonly #underWay = new Map<string, RecordVersion>();
  /** Keys with a pending change that is not under way. */
  readonly #unsent = new Set<string>();

  constructor(records: readonly HeldRecord[]) {
    for (const record of records) this.#keep(record);
  }

  /** What the person is shown; undefined when there is no value. */
  value(key: string): Uint8Array | undefined {
    const shown = this.version(key);
    return shown && shown.value.length > 0 ? shown.value : undefined;
  }

  /** As `value`, with when it was changed, also when it was emptied then; undefined when there never was one. */
  version(key: string): RecordVersion | undefined {
    const held = this.#held.get(key);
    return held?.pending ?? held?.confirmed;
  }

  keys(): Iterable<string> {
    return this.#held.keys();
  }

  /**
   * Takes a change made here. It is later than all this device knows, whatever its clock says. The same value again is no
   * change unless it is said `anew`.
   */
  set(key: string, value: Uint8Array, nowMs: number, anew = false): HeldRecord | undefined {
    const shown = this.version(key);
    if (!anew && sameBytes(this.value(key), value.length > 0 ? value : undefined)) return undefined;
    const changedAtMs = Math.max(nowMs, (shown?.changedAtMs ?? 0) + 1);
    return this.#keep({ key, confirmed: this.#held.get(key)?.confirmed, pending: { changedAtMs, value } });
  }

  /** Takes what the server has. Gives what to keep; undefined when that was known. */
  heard({ key, changedAtMs, value }: AccountRecord): HeldRecord | undefined {
    const known = this.#held.get(key);
    const heard = { changedAtMs, value: copyBytes(value) };
    if (!isLaterVersion(heard, known?.confirmed)) return undefined;
    return this.#keep({ key, confirmed: heard, pending: known?.pending });
  }

  /** The keys to be sent whose values a server with this limit takes; a longer value stays on this device. */
  *unsent(valueBytesMax: number): Iterable<string> {
    for (const key of [...this.#unsent]) {
      if ((this.#held.get(key)?.pending?.value.length ?? 0) <= valueBytesMax) yield key;
    }
  }

  /**
   * The pending change, now under way. One that was made while this device's clock was ahead counts as made now, so that it
   * does not stand against what others change later.
   */
  send(key: string, nowMs: number): AccountRecord | undefined {
    const held = this.#held.get(key);
    if (!held?.pending) return undefined;
    const latestMs = Math.max(nowMs, (held.confirmed?.changedAtMs ?? 0) + 1);
    const sent = { ...held.pending, changedAtMs: Math.min(held.pending.changedAtMs, latestMs) };
    this.#held.set(key, { ...held, pending: sent });
    this.#underWay.set(key, sent);
    this.#unsent.delete(key);
    return { key, ...sent };
  }

  /** The server has it, or something later that it will tell of. */
  settled(key: string): HeldRecord | undefined {
    const sent = this.#underWay.get(key);
    const held = this.#held.get(key);
    this.#underWay.delete(key);
    if (!sent || !held) return undefined;
    const confirmed = isLaterVersion(sent, held.confirmed) ? sent : held.confirmed;
    return this.#keep({ key, confirmed, pending: held.pending });
  }

  /** Not now: it is sent again. */
  postponed(key: string): void {
    this.#underWay.delete(key);
    if (this.#held.get(key)?.pending) this.#unsent.add(key);
  }

  /** Refused for good: what the server has stays, unless something was changed since. */
  refused(key: string): HeldRecord | undefined {
    const sent = this.#underWay.get(key);
    const held = this.#held.get(key);
    this.#underWay.delete(key);
    if (!held) return undefined;
    return this.#keep({ ...held, pending: held.pending === sent ? undefined : held.pending });
  }

  connectionLost(): void {
    for (const key of [...this.#underWay.keys()]) this.postponed(key);
  }

  #keep({ key, confirmed, pending }: HeldRecord): HeldRecord {
    const isPending = pending !== undefined && isLaterVersion(pending, confirmed);
    const held = { key, confirmed, pending: isPending ? pending : undefined };
    this.#held.set(key, held);
    if (isPending && !this.#underWay.has(key)) this.#unsent.add(key);
    else this.#unsent.delete(key);
    return held;
  }
}

export function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** What cannot be read counts as none, as nothing does. */
export function readValue<T>(value: Uint8Array | undefined, decode: (value: Uint8Array) => T): T | undefined {
  if (!value || value.length === 0) return undefined;
  try {
    return decode(value);
  } catch {
    return undefined;
  }
}
