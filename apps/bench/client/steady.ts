import { codeName, type Entry, ErrorCode, errorClass, type Push, type Reply } from '@hongyan/protocol';
import { MemberLog } from '../measure/member-log.ts';
import type { Pace } from './pace.ts';
import { Returning, type ReturningParts } from './returning.ts';
import type { SessionListener } from './session.ts';
import type { Account } from './talker.ts';

export interface SteadyParts extends Pick<ReturningParts, 'target' | 'index' | 'tally' | 'onLive' | 'onCut'> {
  account: Account;
  conversationId: string;
  body: Uint8Array;
  /** A message that was due then is in the log now. */
  onSent: (dueMs: number) => void;
  onFailure: (reason: string) => void;
}

/** Below this, a message that is due just waits for the next look. */
const BEHIND_MS = 50;
/** Above any message's number and below the session's own ids. */
const FETCH_ID = 0xffff_0000;

/**
 * Writes at even intervals whatever happens: one message at a time, the same one again until the log has it, so that an
 * outage counts for every message that fell due in it.
 */
export class Steady implements Omit<SessionListener, 'onEnd'> {
  readonly log = new MemberLog();
  readonly connection: Returning;
  readonly #parts: SteadyParts;
  #pace: Pace | undefined;
  /** Messages that were begun, numbered from 1; the last one may be unanswered. */
  #sent = 0;
  #dueMs = 0;
  #unanswered = false;
  #resendAtMs = Number.POSITIVE_INFINITY;

  constructor(parts: SteadyParts) {
    const { account, onLive } = parts;
    this.#parts = parts;
    this.connection = new Returning({
      ...parts,
      accessToken: account.accessToken,
      listener: this,
      holdings: () => undefined,
      onLive: () => {
        this.#resendAtMs = 0;
        onLive();
      },
    });
  }

  get sent(): number {
    return this.#sent;
  }

  get unanswered(): number {
    return this.#unanswered ? 1 : 0;
  }

  /** Whether a message has been due for more than a moment and is not on its way. */
  get isBehind(): boolean {
    const nowMs = performance.now();
    return (this.#pace?.dueMs(this.#sent, nowMs) ?? Number.POSITIVE_INFINITY) < nowMs - BEHIND_MS;
  }

  start(pace: Pace): void {
    this.#pace = pace;
  }

  stop(): void {
    this.#pace = undefined;
  }

  /** Sends what is due now. */
  sendDue(): void {
    const nowMs = performance.now();
    if (this.connection.session === undefined) return;
    if (this.#unanswered) {
      if (nowMs >= this.#resendAtMs) this.#send();
      return;
    }
    const dueMs = this.#pace?.dueMs(this.#sent, nowMs);
    if (dueMs === undefined || dueMs > nowMs) return;
    this.#sent += 1;
    this.#dueMs = dueMs;
    this.#unanswered = true;
    this.#send();
  }

  /** Asks for what lies between two entries it holds (SYN-3). */
  fetchGap(): void {
    const { session } = this.connection;
    const { conversationId } = this.#parts;
    const value = { conversationId, afterSeq: this.log.contiguousSeq, beforeSeq: 0, limit: 0xffff };
    session?.send({ id: FETCH_ID, body: { case: 'fetchEntries', value } });
    session?.flush();
  }

  onReply({ id, body }: Reply): void {
    switch (body?.case) {
      case 'messageSent':
        this.log.put(body.value.seq, -id);
        this.#settle(id);
        return;
      case 'entryPage':
        for (const entry of body.value.entries) this.#hold(entry);
        return;
      case 'error':
        this.#refused(id, body.value);
        return;
    }
  }

  onPush({ body }: Push): void {
    switch (body?.case) {
      case 'entry':
        this.#hold(body.value);
        return;
      case 'conversationUpdate':
        for (const entry of body.value.entries) this.#hold(entry);
        return;
    }
  }

  onChunkEnd(): void {}

  #send(): void {
    const { session } = this.connection;
    const { conversationId, body } = this.#parts;
    const value = { conversationId, clientMessageId: String(this.#sent), clientTimeMs: Date.now(), body };
    this.#resendAtMs = Number.POSITIVE_INFINITY;
    session?.send({ id: this.#sent, body: { case: 'sendMessage', value } });
    session?.flush();
  }

  #settle(number: number): void {
    if (!this.#unanswered || number !== this.#sent) return;
    this.#unanswered = false;
    this.#parts.onSent(this.#dueMs);
  }

  #refused(id: number, error: { code: ErrorCode; message: string; retryAfterMs: number }): void {
    if (errorClass(error.code) !== 'later') {
      this.#parts.onFailure(`a command was refused with ${codeName(ErrorCode, error.code)}: ${error.message}`);
    } else if (id === this.#sent) this.#resendAtMs = performance.now() + error.retryAfterMs;
  }

  #hold({ seq, senderId, clientMessageId }: Entry): void {
    const number = Number(clientMessageId);
    const mine = senderId === this.#parts.account.userId;
    this.log.put(seq, mine ? -number : number);
    if (mine) this.#settle(number);
  }
}
