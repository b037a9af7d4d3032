import { type Appearance, appearanceOf, byKind, laterRecords, presenceFor } from '@hongyan/core';
import type { AccountRecord, DevicePresence, Presence, UserId } from '@hongyan/protocol';
import type { Relation } from '@hongyan/protocol/cluster';

/** Whom it concerns that the account changed. */
export interface Watcher {
  changed(account: WatchedAccount): void;
}

interface Statement {
  number: number;
  devices: readonly DevicePresence[];
}

/** An account that sessions of this node watch: what is known of it, from this gateway and the others. */
export class WatchedAccount {
  readonly userId: UserId;
  readonly watchers = new Set<Watcher>();
  #here: readonly DevicePresence[] = [];
  /** By gateway, what it said last. */
  readonly #elsewhere = new Map<string, Statement>();
  #records: AccountRecord[] = [];
  #appearance: Appearance = appearanceOf([]);
  #lastSeenMs = 0;
  #isConnected = false;
  #summary = '';

  constructor(userId: UserId) {
    this.userId = userId;
  }

  /** When its choice ends by itself; undefined: it does not. */
  get untilMs(): number | undefined {
    return this.#appearance.chosen.untilMs;
  }

  presence(relation: Relation, nowMs: number): Presence {
    const { userId } = this;
    const observed = { userId, devices: this.#devices, appearance: this.#appearance, lastSeenMs: this.#lastSeenMs };
    return presenceFor(relation, observed, nowMs);
  }

  heldHere(devices: readonly DevicePresence[], nowMs: number): void {
    this.#here = devices;
    this.#told(nowMs);
  }

  /** What another gateway says; older than what it said before, it is of no use. */
  heldAt(gatewayId: string, statement: Statement, nowMs: number): void {
    const before = this.#elsewhere.get(gatewayId);
    if (before !== undefined && before.number >= statement.number) return;
    if (statement.devices.length > 0) this.#elsewhere.set(gatewayId, statement);
    else this.#elsewhere.delete(gatewayId);
    this.#told(nowMs);
  }

  /** These gateways are gone, and the account's connections with them. */
  lostGateways(areGone: (gatewayId: string) => boolean, nowMs: number): void {
    for (const gatewayId of this.#elsewhere.keys()) if (areGone(gatewayId)) this.#elsewhere.delete(gatewayId);
    this.#told(nowMs);
  }

  seen(records: readonly AccountRecord[], lastSeenMs: number, nowMs: number): void {
    this.#records = laterRecords(this.#records, records);
    this.#appearance = appearanceOf(this.#records);
    this.#lastSeenMs = Math.max(this.#lastSeenMs, lastSeenMs);
    this.#told(nowMs);
  }

  /** Time went on, and a choice may have ended with it. */
  review(nowMs: number): void {
    this.#told(nowMs);
  }

  get #devices(): DevicePresence[] {
    return byKind([...this.#here, ...[...this.#elsewhere.values()].flatMap(({ devices }) => devices)]);
  }

  /** Watchers hear of it when it is to be seen in another way. */
  #told(nowMs: number): void {
    const devices = this.#devices;
    const { chosen, audience } = this.#appearance;
    const isChosen = chosen.untilMs === undefined || chosen.untilMs > nowMs;
    const connected = devices.map(({ kind, isIdle }) => `${kind}${isIdle ? 'i' : ''}`);
    const summary = [isChosen ? chosen.choice : '', audience, ...connected].join(' ');
    if (summary === this.#summary) return;
    const hasLeft = this.#isConnected && devices.length === 0;
    if (hasLeft) this.#lastSeenMs = Math.max(this.#lastSeenMs, nowMs);
    this.#isConnected = devices.length > 0;
    this.#summary = summary;
    for (const watcher of this.watchers) watcher.changed(this);
  }
}
