import { type Client, type ConnectionState, ConversationKind, type Message, SdkError } from '@hongyan/sdk/node';
import type { Terminal } from '../terminal/terminal.ts';
import type { Texts } from '../texts/index.ts';
import { ConversationView } from './conversation-view.ts';
import { connectionLine, contentText, conversationLine, harmless } from './format.ts';
import { type Input, parseInput } from './input.ts';
import { Names } from './names.ts';

/** How long what was written may still be sent when the input has ended. */
const FINISH_DEADLINE_MS = 10_000;

/** A signed-in person's chat, until the input ends or `/quit`. */
export class Chat {
  readonly #client: Client;
  readonly #terminal: Terminal;
  readonly #texts: Texts;
  readonly #names: Names;
  #view: ConversationView | undefined;
  #unsent = new Set<Promise<void>>();
  #prompt = '> ';
  #shownConnection = '';

  constructor(parts: { client: Client; terminal: Terminal; texts: Texts }) {
    this.#client = parts.client;
    this.#terminal = parts.terminal;
    this.#texts = parts.texts;
    this.#names = new Names(parts.client);
  }

  async run(): Promise<void> {
    const subscriptions = [
      this.#client.on('connection', (state) => this.#showConnection(state)),
      this.#client.on('message', (message) => void this.#announce(message)),
      this.#client.on('error', (error) => this.#print(this.#texts.errors[error.code])),
    ];
    this.#showConnection(this.#client.connection);
    await this.#list();
    if (await this.#obey()) await this.#finish();
    for (const unsubscribe of subscriptions) unsubscribe();
    this.#view?.close();
  }

  /** Follows line after line; answers whether the input ended, as against `/quit`. */
  async #obey(): Promise<boolean> {
    for (;;) {
      const line = await this.#terminal.readLine(this.#prompt);
      if (line === undefined) return true;
      const input = parseInput(line);
      if (input.name === 'quit') return false;
      try {
        await this.#do(input);
      } catch (error) {
        if (!(error instanceof SdkError)) throw error;
        this.#print(this.#texts.errors[error.code]);
      }
    }
  }

  async #do(input: Exclude<Input, { name: 'quit' }>): Promise<void> {
    switch (input.name) {
      case 'nothing':
        return;
      case 'help':
        for (const line of this.#texts.help) this.#print(line);
        return;
      case 'list':
        return this.#list();
      case 'to':
        return this.#open(input.handle);
      case 'send':
        return this.#send(input.text);
      case 'history':
        return this.#history();
      case 'retry':
        return this.#retry();
      case 'unread':
        this.#markUnread();
        return;
      case 'rename':
        this.#print(this.#texts.renamed((await this.#client.updateProfile(input)).displayName));
        return;
      case 'unknown':
        this.#print(this.#texts.unknownCommand(input.command));
        return;
    }
  }

  async #list(): Promise<void> {
    if (this.#client.conversations.length === 0) this.#print(this.#texts.noConversations);
    for (const conversation of this.#client.conversations) {
      if (conversation.kind === ConversationKind.GROUP) continue;
      const userId = conversation.peerId ?? this.#client.me?.userId;
      const name = userId === undefined ? conversation.id : await this.#names.handleOf(userId);
      this.#print(conversationLine(conversation, name, this.#texts));
    }
  }

  async #open(handle: string): Promise<void> {
    const person = await this.#names.find(handle);
    if (person === undefined) {
      this.#print(this.#texts.nobody(handle));
      return;
    }
    const mine = person.userId === this.#client.me?.userId;
    const conversationId = mine ? this.#client.notesToSelf : this.#client.conversationWith(person.userId);
    this.#view?.close();
    this.#prompt = `${person.handle}> `;
    this.#print(this.#texts.opened(harmless(person.displayName), person.handle));
    this.#view = new ConversationView({
      client: this.#client,
      conversationId,
      peerName: person.handle,
      texts: this.#texts,
      print: (line) => this.#print(line),
    });
    await this.#view.showNewest();
  }

  #send(text: string): void {
    if (this.#view === undefined) {
      this.#print(this.#texts.needsConversation);
      return;
    }
    const sent = this.#client.sendText(this.#view.conversationId, text).until('sent');
    // A failure is shown where all states are.
    const settled: Promise<void> = sent.catch(() => {}).finally(() => this.#unsent.delete(settled));
    this.#unsent.add(settled);
  }

  async #history(): Promise<void> {
    if (this.#view === undefined) this.#print(this.#texts.needsConversation);
    else if (!(await this.#view.showOlder())) this.#print(this.#texts.noOlder);
  }

  #retry(): void {
    const failed = this.#view?.failed ?? [];
    if (failed.length === 0) this.#print(this.#texts.nothingFailed);
    for (const { id } of failed) this.#client.retry(id);
  }

  /** Leaves the open conversation for later. */
  #markUnread(): void {
    if (this.#view === undefined) {
      this.#print(this.#texts.needsConversation);
      return;
    }
    this.#client.markUnread(this.#view.conversationId);
    this.#view.close();
    this.#view = undefined;
    this.#prompt = '> ';
    this.#print(this.#texts.leftUnread);
  }

  /** Says that somebody wrote where the person is not looking. */
  async #announce(message: Message): Promise<void> {
    if (message.mine || message.conversationId === this.#view?.conversationId) return;
    const from = await this.#names.handleOf(message.senderId);
    this.#print(this.#texts.elsewhere(from, contentText(message, this.#texts)));
  }

  /** What a script wrote before its end is sent before the program ends; what is not stays in the outbox. */
  async #finish(): Promise<void> {
    const deadline = Promise.withResolvers<void>();
    const timer = setTimeout(deadline.resolve, FINISH_DEADLINE_MS);
    await Promise.race([Promise.all(this.#unsent), deadline.promise]);
    clearTimeout(timer);
  }

  /** Once for each change; that it goes on trying is no news, nor is why it cannot. */
  #showConnection(state: ConnectionState): void {
    const triesAgain = state.status === 'connecting' && this.#shownConnection !== '';
    const shown = state.status === 'queued' ? `queued ${state.place}` : state.status;
    if (shown === this.#shownConnection || triesAgain) return;
    this.#shownConnection = shown;
    this.#print(connectionLine(state, this.#texts));
  }

  #print(line: string): void {
    this.#terminal.print(line);
  }
}
