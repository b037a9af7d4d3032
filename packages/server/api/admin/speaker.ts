import { createHash } from 'node:crypto';
import type { Clock, Random, Store } from '@hongyan/core/ports';
import {
  type ConversationChange,
  type ConversationId,
  EntryKind,
  encodeConversationChange,
  ID_LENGTH,
  idFromBytes,
  type MessageSent,
  SYSTEM_USER_ID,
  type UserId,
} from '@hongyan/protocol';
import { z } from 'zod';
import { type Answer, ask, type Logic, type LogicCommandBody, SystemAccount } from '../../logic/index.ts';
import { AccountRefs } from './account-refs.ts';

export type Change = NonNullable<ConversationChange['change']>;
type AppendingBody = Extract<LogicCommandBody, { case: 'sendMessage' | 'changeConversation' }>;

export interface SpeakerParts {
  store: Pick<Store, 'accounts' | 'log' | 'records'>;
  logic: Logic;
  clock: Clock;
  random: Random;
}

const idempotencyKey = z
  .string()
  .regex(/^[\w.:-]{1,64}$/, 'must be 1 to 64 of a–z, A–Z, 0–9 and "_.:-"')
  .describe('Asked for again with the same one, it is done once and answered alike');
/** Of calls that make something. */
export const idempotent = z.object({ 'idempotency-key': idempotencyKey.optional() });

/**
 * Does what the backend of an app asks for, as the account that it names: by logic's decisions and into the log, as anything
 * that a device asks for (API-1). All reject with ProtocolError or StoreError.
 */
export class Speaker {
  readonly store: SpeakerParts['store'];
  readonly clock: Clock;
  readonly refs: AccountRefs;
  readonly #parts: SpeakerParts;
  readonly #system: SystemAccount;

  constructor(parts: SpeakerParts) {
    this.#parts = parts;
    this.store = parts.store;
    this.clock = parts.clock;
    this.refs = new AccountRefs(parts.store.accounts);
    this.#system = new SystemAccount({ accounts: parts.store.accounts, clock: parts.clock });
  }

  async ask(userId: UserId, body: LogicCommandBody): Promise<Answer> {
    if (userId === SYSTEM_USER_ID) await this.#system.exists();
    return ask(this.#parts, { userId }, body);
  }

  async append(userId: UserId, body: AppendingBody): Promise<MessageSent> {
    const answer = await this.ask(userId, body);
    if (answer.case !== 'messageSent') throw new Error(`logic answered ${body.case} with ${answer.case}`);
    return answer.value;
  }

  /** Changes a group, as the system. */
  changeGroup(
    conversationId: ConversationId,
    change: Change,
    clientMessageId = this.messageId(),
  ): Promise<MessageSent> {
    const kind = EntryKind.CONVERSATION_CHANGED;
    const body = encodeConversationChange({ change });
    const named = { conversationId, clientMessageId, clientTimeMs: this.clock.now() };
    return this.append(SYSTEM_USER_ID, { case: 'changeConversation', value: { ...named, kind, body } });
  }

  /**
   * The name under which something is asked of the log once: the same for the same key where the same is asked for, and a new
   * one without a key (LOG-2).
   */
  messageId(key?: string | undefined, ...where: readonly (string | number)[]): string {
    if (key === undefined) return idFromBytes('rest-', this.#parts.random.bytes(ID_LENGTH));
    return `rest-${createHash('sha256')
      .update(JSON.stringify([key, ...where]))
      .digest('base64url')}`;
  }
}
