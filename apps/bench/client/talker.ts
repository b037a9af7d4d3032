import { type Command, codeName, type Entry, ErrorCode, type Push, type Reply } from '@hongyan/protocol';
import { MemberLog } from '../measure/member-log.ts';
import type { Meter } from '../measure/meter.ts';
import type { Target } from './link.ts';
import type { Pace, Until } from './pace.ts';
import { SendTimes } from './send-times.ts';
import { Session, type SessionEnd, type SessionListener } from './session.ts';

export interface Account {
  userId: string;
  accessToken: string;
}

export interface TalkerParts {
  account: Account;
  conversationId: string;
  body: Uint8Array;
  meter: Meter;
  onFailure: (reason: string) => void;
}

type SendMessage = Command & { body: { case: 'sendMessage' } };

/** Above any message's number and below the session's own ids. */
const FETCH_ID = 0xffff_0000;

/** One of the two who write to each other. The id of its n-th message, and of the command that sends it, is n. */
export class Talker implements SessionListener {
  readonly log = new MemberLog();
  readonly #parts: TalkerParts;
  readonly #times = new SendTimes();
  readonly #command: SendMessage;
  #other: Talker | undefined;
  #session: Session | undefined;
  #pace: Pace | undefined;
  #sent = 0;
  #answered = 0;
  #acknowledgedSeq = 0;
  #delivered = 0;

  constructor(parts: TalkerParts) {
    const { conversationId, body } = parts;
    this.#parts = parts;
    this.#command = {
      id: 0,
      body: { case: 'sendMessage', value: { conversationId, clientMessageId: '', clientTimeMs: 0, body } },
    };
  }

  get sent(): number {
    return this.#sent;
  }

  get unanswered(): number {
    return this.#sent - this.#answered;
  }

  /** Messages of the other that came. */
  get delivered(): number {
    return this.#delivered;
  }

  get session(): Session | undefined {
    return this.#session;
  }

  async connect(target: Target, index: number): Promise<void> {
    this.#session = await Session.open(target, index, this.#parts.account.accessToken, this);
  }

  start(other: Talker, pace: Pace): void {
    this.#other = other;
    this.#pace = pace;
    this.sendDue();
  }

  stop(): void {
    this.#pace = undefined;
  }

  /** Sends what the pace asks for now. */
  sendDue(): void {
    this.#fillWindow(performance.now());
    this.#session?.flush();
  }

  /** Asks for what lies between two entries it holds (SYN-3). */
  fetchGap(): void {
    const { conversationId } = this.#parts;
    const value = { conversationId, afterSeq: this.log.contiguousSeq, beforeSeq: 0, limit: 0xffff };
    this.#session?.send({ id: FETCH_ID, body: { case: 'fetchEntries', value } });
    this.#session?.flush();
  }

  onReply(reply: Reply): void {
    switch (reply.body?.case) {
      case 'messageSent':
        this.#answered += 1;
        this.log.put(reply.body.value.seq, -reply.id);
        this.#parts.meter.acknowledged(this.#times.at(reply.id), performance.now());
        return;
      case 'entryPage':
        for (const entry of reply.body.value.entries) this.#hold(entry);
        return;
      case 'error': {
        const { code, message } = reply.body.value;
        this.#parts.onFailure(`a command was refused with ${codeName(ErrorCode, code)}: ${message}`);
        return;
      }
    }
  }

  onPush(push: Push): void {
    switch (push.body?.case) {
      case 'entry':
        this.#hold(push.body.value);
        return;
      case 'receipt':
        this.#parts.meter.receipts += 1;
        return;
      case 'conversationUpdate':
        for (const entry of push.body.value.entries) this.#hold(entry);
        return;
    }
  }

  onChunkEnd(): void {
    this.#advanceCursor();
    this.#fillWindow(performance.now());
    if (this.#pace?.until === 'delivered') this.#other?.sendDue();
  }

  onEnd({ message }: SessionEnd): void {
    this.#parts.onFailure(message);
  }

  #hold({ seq, senderId, clientMessageId }: Entry): void {
    const number = Number(clientMessageId);
    const mine = senderId === this.#parts.account.userId;
    const fresh = this.log.put(seq, mine ? -number : number);
    if (!fresh || mine) return;
    this.#delivered += 1;
    if (this.#other !== undefined) {
      this.#parts.meter.delivered(this.#other.#times.at(number), performance.now());
    }
  }

  #advanceCursor(): void {
    const deliveredSeq = this.log.contiguousSeq;
    if (deliveredSeq === this.#acknowledgedSeq) return;
    this.#acknowledgedSeq = deliveredSeq;
    const value = { conversationId: this.#parts.conversationId, deliveredSeq, readSeq: 0 };
    this.#session?.send({ id: 0, body: { case: 'advanceCursor', value } });
  }

  #fillWindow(nowMs: number): void {
    const pace = this.#pace;
    if (pace === undefined) return;
    while (this.#underWay(pace.until) < pace.window) {
      const dueMs = pace.dueMs(this.#sent, nowMs);
      if (dueMs > nowMs) return;
      this.#sendMessage(dueMs);
    }
  }

  #underWay(until: Until): number {
    if (until === 'sent') return this.unanswered;
    return this.#sent - Math.min(this.#answered, this.#other?.delivered ?? 0);
  }

  #sendMessage(dueMs: number): void {
    this.#sent += 1;
    this.#times.set(this.#sent, dueMs);
    const command = this.#command;
    command.id = this.#sent;
    command.body.value.clientMessageId = String(this.#sent);
    command.body.value.clientTimeMs = Date.now();
    this.#session?.send(command);
  }
}
