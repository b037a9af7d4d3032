import {
  decodeBlock,
  decodeRemark,
  REQUEST_EXPIRES_MS,
  type RecordKey,
  type RecordVersion,
  relationOf,
  type UserId,
} from '@hongyan/protocol';
import type { Contact } from '../types.ts';
import { readValue } from './records.ts';

/** As many as an account has records, and some more that are looked at. */
const CONTACTS_MAX = 25_000;
const NO_LABELS: readonly string[] = [];

/** What the account's records say of other accounts. Each is made anew when something of it changed, the list when one of them did. */
export class Contacts {
  readonly #version: (key: RecordKey) => RecordVersion | undefined;
  /** Those of whom there is a record, with a value or emptied. */
  readonly #known = new Set<UserId>();
  readonly #contacts = new Map<UserId, Contact>();
  #listed: readonly Contact[] | undefined;
  /** When the first of the requests in the list is over. */
  #overAtMs = Number.POSITIVE_INFINITY;

  constructor(version: (key: RecordKey) => RecordVersion | undefined) {
    this.#version = version;
  }

  changed(userId: UserId): void {
    this.#known.add(userId);
    this.#contacts.delete(userId);
    this.#listed = undefined;
  }

  /** `nowMs`: by the server's clock. */
  get(userId: UserId, nowMs: number): Contact {
    const held = this.#contacts.get(userId);
    if (held && nowMs <= overAtMs(held)) return held;
    const contact = this.#read(userId, nowMs);
    this.#contacts.set(userId, contact);
    const [oldest = userId] = this.#contacts.keys();
    if (this.#contacts.size > CONTACTS_MAX) this.#contacts.delete(oldest);
    return contact;
  }

  list(nowMs: number): readonly Contact[] {
    if (this.#listed && nowMs <= this.#overAtMs) return this.#listed;
    this.#listed = [...this.#known].map((userId) => this.get(userId, nowMs)).filter(isListed);
    this.#overAtMs = Math.min(...this.#listed.map(overAtMs));
    return this.#listed;
  }

  #read(userId: UserId, nowMs: number): Contact {
    const version = (kind: 'friend' | 'peer' | 'remark' | 'block') => this.#version({ kind, userId });
    const { name: remark = '', labels = NO_LABELS } = readValue(version('remark')?.value, decodeRemark) ?? {};
    const relation = relationOf(version('friend'), version('peer'), nowMs);
    const blocked = readValue(version('block')?.value, decodeBlock)?.blocked ?? false;
    return { userId, relation, remark, labels, blocked };
  }
}

const isListed = ({ relation, remark, labels, blocked }: Contact): boolean =>
  relation.state !== 'none' || remark !== '' || labels.length > 0 || blocked;

const overAtMs = ({ relation }: Contact): number =>
  'atMs' in relation ? relation.atMs + REQUEST_EXPIRES_MS : Number.POSITIVE_INFINITY;
