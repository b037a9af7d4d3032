import type { ConversationId, DeviceId, Entry } from '@hongyan/protocol';
import type { EngineBatch, OutboxRecord } from '../engine/types.ts';
import type { Person } from '../types.ts';
import { HeldAccount } from './held-account.ts';
import { isOutboxOnly, isReplaced, type Leaving, requireSession } from './ownership.ts';
import type { ClientStore, EntriesQuery, SessionRecord, Snapshot } from './store.ts';

/** A store that lives as long as the program. */
export class MemoryStore implements ClientStore {
  readonly sharedAs: string | undefined;
  #account = new HeldAccount();

  /** With a name for `sharedAs`, several clients of this program may use it at a time. */
  constructor(sharedAs?: string) {
    this.sharedAs = sharedAs;
  }

  async load(): Promise<Snapshot | undefined> {
    return this.#account.snapshot();
  }

  async session(): Promise<SessionRecord | undefined> {
    return this.#account.session;
  }

  async begin(session: SessionRecord): Promise<OutboxRecord[]> {
    this.#account = this.#account.begun(session);
    return this.#account.outbox();
  }

  async saveSession(session: SessionRecord): Promise<void> {
    requireSession(this.#account.session, session.me.deviceId);
    this.#account.session = session;
  }

  async savePeople(deviceId: DeviceId, people: readonly Person[]): Promise<void> {
    requireSession(this.#account.session, deviceId);
    this.#account.savePeople(people);
  }

  async apply(deviceId: DeviceId, batch: EngineBatch): Promise<void> {
    this.applyNow(deviceId, batch);
  }

  /** As `apply`, in this moment: for whoever cannot wait, as the simulator. */
  applyNow(deviceId: DeviceId, batch: EngineBatch): void {
    if (!isOutboxOnly(batch)) requireSession(this.#account.session, deviceId);
    this.#account.apply(batch);
  }

  async outbox(): Promise<OutboxRecord[]> {
    return this.#account.outbox();
  }

  async entries(query: EntriesQuery): Promise<Entry[]> {
    return this.#account.entries(query);
  }

  async changes(of: { conversationId: ConversationId }, entries: readonly Entry[]): Promise<Entry[]> {
    return this.#account.changes(of, entries);
  }

  async end(deviceId: DeviceId, leaving: Leaving): Promise<void> {
    if (!isReplaced(this.#account.session, deviceId)) this.#account = this.#account.ended(leaving);
  }

  async close(): Promise<void> {}
}
