import type { Client, Message, MessageState, Timeline } from '@hongyan/sdk/node';
import type { Texts } from '../texts/index.ts';
import { messageLine, stateLine } from './format.ts';

const PAGE_MESSAGES = 20;

/** The open conversation: prints what is new in its timeline, and each change of one's own messages' states. */
export class ConversationView {
  readonly conversationId: string;
  readonly #timeline: Timeline;
  readonly #peerName: string;
  readonly #print: (line: string) => void;
  readonly #texts: Texts;
  readonly #shown = new Map<string, MessageState['name']>();
  /** Older messages are on their way: nothing newer is printed before them. */
  #loading = false;

  constructor(parts: {
    client: Client;
    conversationId: string;
    peerName: string;
    texts: Texts;
    print: (line: string) => void;
  }) {
    this.conversationId = parts.conversationId;
    this.#peerName = parts.peerName;
    this.#texts = parts.texts;
    this.#print = parts.print;
    this.#timeline = parts.client.openTimeline(parts.conversationId);
    this.#timeline.onChange(() => this.#show());
  }

  get failed(): Message[] {
    return this.#timeline.messages.filter(({ state }) => state.name === 'failed');
  }

  /** Prints older messages; answers whether there were any. Rejects with SdkError. */
  async showOlder(): Promise<boolean> {
    if (!this.#timeline.hasOlder) return false;
    this.#loading = true;
    try {
      await this.#timeline.loadOlder(PAGE_MESSAGES);
    } finally {
      this.#loading = false;
      this.#show();
    }
    return true;
  }

  /** Prints the newest page, from the device and, where that has less, from the server. Rejects with SdkError. */
  async showNewest(): Promise<void> {
    if (this.#timeline.messages.length < PAGE_MESSAGES) await this.showOlder();
    this.#show();
    this.#timeline.markRead();
  }

  close(): void {
    this.#timeline.close();
  }

  #show(): void {
    if (this.#loading) return;
    let received = false;
    for (const message of this.#timeline.messages) {
      const { id, mine, state } = message;
      const shown = this.#shown.get(id);
      if (shown === state.name) continue;
      this.#shown.set(id, state.name);
      if (shown === undefined) this.#print(messageLine(message, mine ? this.#texts.me : this.#peerName, this.#texts));
      else this.#print(stateLine(message, this.#texts));
      received ||= !mine;
    }
    if (received) this.#timeline.markRead();
  }
}
