import { type Command, codeName, ErrorCode, type Push, type Reply } from '@hongyan/protocol';
import type { GroupTally } from '../measure/group-tally.ts';
import type { Target } from './link.ts';
import { Session, type SessionEnd, type SessionListener } from './session.ts';
import type { Account } from './talker.ts';

/** A group as the bench plays it: its members take turns in writing. */
export interface PlayedGroup {
  conversationId: string;
  /** Told of an acknowledged message, so that somebody writes the next one. */
  acknowledged(): void;
  readonly tally: GroupTally;
}

/** How far a member holds a group without a gap, what it holds beyond, and how far it has said so. */
interface Held {
  seq: number;
  readonly beyond: Set<number>;
  stated: number;
}

type SendMessage = Command & { body: { case: 'sendMessage' } };

/** One account's device: a member of several groups, over one connection. */
export class GroupMember implements SessionListener {
  readonly account: Account;
  readonly #groups = new Map<string, PlayedGroup>();
  readonly #onFailure: (reason: string) => void;
  readonly #held = new Map<string, Held>();
  readonly #sent = new Map<number, PlayedGroup>();
  #lastId = 0;
  #session: Session | undefined;

  constructor(account: Account, onFailure: (reason: string) => void) {
    this.account = account;
    this.#onFailure = onFailure;
  }

  get session(): Session | undefined {
    return this.#session;
  }

  join(group: PlayedGroup): void {
    this.#groups.set(group.conversationId, group);
    this.#held.set(group.conversationId, { seq: 0, beyond: new Set(), stated: 0 });
  }

  async connect(target: Target, index: number): Promise<void> {
    this.#session = await Session.open(target, index, this.account.accessToken, this);
  }

  write(group: PlayedGroup, body: Uint8Array, nowMs: number): void {
    this.#lastId += 1;
    const { conversationId } = group;
    const clientMessageId = group.tally.written(nowMs);
    const value = { conversationId, clientMessageId, clientTimeMs: Date.now(), body };
    const command: SendMessage = { id: this.#lastId, body: { case: 'sendMessage', value } };
    this.#sent.set(this.#lastId, group);
    this.#session?.send(command);
    this.#session?.flush();
  }

  /** Says how far it holds its groups (RCP-1), as devices do in groups: now and then. */
  stateDelivered(): void {
    for (const [conversationId, held] of this.#held) {
      if (held.seq === held.stated) continue;
      held.stated = held.seq;
      const value = { conversationId, deliveredSeq: held.seq, readSeq: 0 };
      this.#session?.send({ id: 0, body: { case: 'advanceCursor', value } });
    }
    this.#session?.flush();
  }

  onReply({ id, body }: Reply): void {
    const group = this.#sent.get(id);
    this.#sent.delete(id);
    if (body?.case === 'messageSent') {
      this.#hold(body.value.conversationId, body.value.seq);
      group?.acknowledged();
    } else if (body?.case === 'error') {
      this.#onFailure(`a command was refused with ${codeName(ErrorCode, body.value.code)}: ${body.value.message}`);
    }
  }

  onPush({ body }: Push): void {
    if (body?.case === 'entry') {
      const { conversationId, seq, clientMessageId } = body.value;
      const group = this.#groups.get(conversationId);
      if (group === undefined) return;
      if (this.#hold(conversationId, seq)) group.tally.delivered(clientMessageId, performance.now());
    } else if (body?.case === 'receipts') {
      this.#groups.get(body.value.conversationId)?.tally.receipts(body.value.cursors.length);
    } else if (body?.case === 'conversationUpdate' && body.value.state !== undefined) {
      const { conversationId, lastSeq } = body.value.state;
      const held = this.#held.get(conversationId);
      if (held !== undefined) held.seq = Math.max(held.seq, lastSeq);
    }
  }

  onChunkEnd(): void {}

  onEnd({ message }: SessionEnd): void {
    this.#onFailure(message);
  }

  /** Answers whether it is new. What does not follow the one before, or comes twice, is counted. */
  #hold(conversationId: string, seq: number): boolean {
    const held = this.#held.get(conversationId);
    if (held === undefined) return false;
    const tally = this.#groups.get(conversationId)?.tally;
    if (seq <= held.seq || held.beyond.has(seq)) {
      tally?.surprised('repeat');
      return false;
    }
    if (seq > held.seq + 1) tally?.surprised('gap');
    held.beyond.add(seq);
    while (held.beyond.delete(held.seq + 1)) held.seq += 1;
    return true;
  }
}
