import {
  type Audience,
  audienceIn,
  type ConversationId,
  DECLINED,
  encodeAsking,
  encodeBlock,
  encodeRemark,
  encodeSetting,
  encodeWish,
  type RecordKey,
  type UserId,
} from '@hongyan/protocol';
import type { EngineEvent, EngineQueries } from '../engine/types.ts';
import type { Contact, JoinRequest } from '../types.ts';

const NO_BYTES = new Uint8Array(0);
const WHO_MAY = {
  write: { kind: 'setting', name: 'who-may-write' },
  invite: { kind: 'setting', name: 'who-may-invite' },
} as const;

export interface RelationsParts {
  engine: EngineQueries;
  dispatch: (event: EngineEvent) => void;
  /** Throws SdkError `signed-out` when nobody is signed in. */
  requireMe: () => void;
}

/** What the person decides about others: records of the account, all of them. */
export class Relations {
  readonly #parts: RelationsParts;

  constructor(parts: RelationsParts) {
    this.#parts = parts;
  }

  contact(userId: UserId): Contact {
    const nobody: Contact = { userId, relation: { state: 'none' }, remark: '', labels: [], blocked: false };
    return this.#parts.engine.contact(userId) ?? nobody;
  }

  befriend(userId: UserId, greeting = ''): void {
    this.#set({ kind: 'friend', userId }, encodeWish({ wanted: true, greeting }));
  }

  /** PPL-2: one's own wish is taken back; somebody else's is answered. */
  unfriend(userId: UserId): void {
    const declines = this.contact(userId).relation.state === 'received';
    this.#set({ kind: 'friend', userId }, declines ? DECLINED : NO_BYTES);
  }

  setRemark(userId: UserId, changes: { remark?: string; labels?: readonly string[] }): void {
    const { remark, labels } = { ...this.contact(userId), ...changes };
    const name = remark.trim();
    const isEmpty = name === '' && labels.length === 0;
    this.#set({ kind: 'remark', userId }, isEmpty ? NO_BYTES : encodeRemark({ name, labels: [...new Set(labels)] }));
  }

  setBlocked(userId: UserId, blocked: boolean): void {
    this.#set({ kind: 'block', userId }, blocked ? encodeBlock({ blocked }) : NO_BYTES);
  }

  whoMay(name: keyof typeof WHO_MAY): Audience {
    return audienceIn(this.#parts.engine.record(WHO_MAY[name]));
  }

  setWhoMay(name: keyof typeof WHO_MAY, audience: Audience): void {
    this.#set(WHO_MAY[name], encodeSetting({ value: audience }));
  }

  askToJoin(conversationId: ConversationId, linkCode: string, text = ''): void {
    this.#set({ kind: 'asking', conversationId }, encodeAsking({ linkCode, text }));
  }

  dismissJoinRequest({ conversationId, userId, mine }: JoinRequest): void {
    this.#set(mine ? { kind: 'asking', conversationId } : { kind: 'asked', conversationId, userId }, NO_BYTES);
  }

  #set(key: RecordKey, value: Uint8Array): void {
    this.#parts.requireMe();
    this.#parts.dispatch({ type: 'recordSet', key, value });
  }
}
