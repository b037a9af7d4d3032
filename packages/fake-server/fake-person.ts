import {
  type Content,
  type ConversationId,
  directConversationId,
  EntryKind,
  encodeContent,
  ID_LENGTH,
  idFromBytes,
  type UserId,
} from '@hongyan/protocol';
import { type Client, type ClientStore, createClient } from '@hongyan/sdk';
import { liveQuestions } from '@hongyan/sdk/live-questions';
import { MemoryStore } from '@hongyan/sdk/memory';
import { presence } from '@hongyan/sdk/presence';
import { ask } from '@hongyan/server/logic';
import type { Backend } from './backend.ts';
import type { Network } from './network.ts';
import { clock, random } from './platform.ts';

interface Named {
  userId: UserId;
  handle: string;
  password: string;
  displayName: string;
}

/** Somebody with an account on a fake server: signs in on devices, and does by themselves what a test wants to come from others. */
export class FakePerson implements Named {
  readonly userId: UserId;
  readonly handle: string;
  readonly password: string;
  readonly displayName: string;
  /** Of all devices that this person got from `client`. */
  readonly network: Network;
  readonly #backend: () => Backend;

  constructor({ userId, handle, password, displayName }: Named, backend: () => Backend, network: Network) {
    this.userId = userId;
    this.handle = handle;
    this.password = password;
    this.displayName = displayName;
    this.network = network;
    this.#backend = backend;
  }

  /** A new device of theirs, signed in and about to connect. With the store of an earlier one: that device, started again. */
  async client(store: ClientStore = new MemoryStore()): Promise<Client> {
    const client = createClient({ ...this.network.options, liveQuestions, presence, store });
    if ((await client.start()) === undefined) await client.signIn(this);
    return client;
  }

  /** The direct conversation with somebody. */
  conversationWith({ userId }: FakePerson): ConversationId {
    return directConversationId(this.userId, userId);
  }

  /** Says a text. Resolves with the message's place in the log once everybody's devices are told; rejects with ProtocolError. */
  sendText(conversationId: ConversationId, text: string): Promise<number> {
    return this.send(conversationId, { kind: { case: 'text', value: { text } }, replyToSeq: 0 });
  }

  /** As `sendText`, with anything that a message may have. */
  async send(conversationId: ConversationId, content: Content): Promise<number> {
    const clientMessageId = idFromBytes('m', random.bytes(ID_LENGTH));
    const body = encodeContent(content);
    const value = { conversationId, clientMessageId, clientTimeMs: clock.now(), body };
    const answer = await this.#ask({ case: 'sendMessage', value });
    return answer.case === 'messageSent' ? answer.value.seq : 0;
  }

  /** Takes a message back for everybody. */
  async recall(conversationId: ConversationId, seq: number): Promise<void> {
    const clientMessageId = idFromBytes('m', random.bytes(ID_LENGTH));
    const header = { targetSeq: seq, mentionedIds: [], mentionsAll: false, lifetimeMs: 0, livesFromRead: false };
    const change = { conversationId, clientMessageId, clientTimeMs: clock.now(), kind: EntryKind.RECALL, header };
    await this.#ask({ case: 'changeConversation', value: { ...change, body: new Uint8Array(0) } });
  }

  /** Has read up to a message; without one, as a device that has it but did not show it. */
  async read(conversationId: ConversationId, seq: number): Promise<void> {
    await this.#ask({ case: 'advanceCursor', value: { conversationId, deliveredSeq: seq, readSeq: seq } });
  }

  #ask(body: Parameters<typeof ask>[2]): ReturnType<typeof ask> {
    const { logic } = this.#backend();
    return ask({ logic, clock }, { userId: this.userId }, body);
  }
}
