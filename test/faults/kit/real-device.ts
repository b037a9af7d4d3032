import { type ConversationId, type DeviceId, type Entry, parseConversationId, type UserId } from '@hongyan/protocol';
import {
  type Client,
  type ClientStore,
  createClient,
  type Me,
  type Message,
  type MessageState,
  SdkError,
  type Timeline,
  type Transport,
} from '@hongyan/sdk/node';
import type { DeviceView } from '../../../packages/testkit/checkers/index.ts';
import type { Observation } from '../../../packages/testkit/observation.ts';
import { observed } from './observed-store.ts';
import { observedTransport } from './observed-transport.ts';

export interface RealDeviceParts {
  server: string;
  store: ClientStore;
  transport: Transport;
  observe: (observation: Observation) => void;
}

const HISTORY_PAGE = 200;

/** A real client, seen as the simulator sees its devices: on the screen, in the store, on the wire. */
export class RealDevice implements DeviceView {
  readonly client: Client;
  readonly #store: ClientStore;
  readonly #observe: (observation: Observation) => void;
  readonly #timelines = new Map<ConversationId, Timeline>();
  readonly #held = new Map<ConversationId, readonly Entry[]>();
  #me: Me | undefined;

  constructor({ server, store, transport, observe }: RealDeviceParts) {
    this.#observe = observe;
    const deviceId = () => this.deviceId;
    const userId = () => this.userId;
    this.#store = observed(store, { deviceId, userId, observe });
    const conversationIds = () => this.#conversationIds;
    this.client = createClient({
      server,
      store: this.#store,
      transport: observedTransport(transport, { deviceId, conversationIds, observe }),
      clientName: 'faults',
    });
    this.client.on('message', (message) => observe({ kind: 'announced', deviceId: this.deviceId, message }));
    this.client.on('me', (me) => {
      if (me === undefined || this.#me !== undefined) return;
      this.#me = me;
      observe({ kind: 'device-started', deviceId: me.deviceId });
    });
  }

  get deviceId(): DeviceId {
    return this.#required.deviceId;
  }

  get userId(): UserId {
    return this.#required.userId;
  }

  /** What the screens show. */
  get engine(): DeviceView['engine'] {
    return {
      connection: () => this.client.connection,
      conversations: () => this.client.conversations,
      timeline: (conversationId) => this.#timelines.get(conversationId),
      messageState: (message) => this.#shown(message.conversationId, message.clientMessageId)?.state,
      outbox: () =>
        [...this.#timelines.values()]
          .flatMap(({ messages }) => messages)
          .filter(({ mine, seq }) => mine && seq === undefined)
          .map(({ id, state }) => ({ clientMessageId: id, state })),
    };
  }

  held(conversationId: ConversationId): readonly Entry[] {
    return this.#held.get(conversationId) ?? [];
  }

  /** Shows the conversation with `peerId` from now on. */
  show(peerId: UserId): void {
    const conversationId = this.client.conversationWith(peerId);
    if (!this.#timelines.has(conversationId)) {
      this.#timelines.set(conversationId, this.client.openTimeline(conversationId));
    }
  }

  /** Writes to `peerId`; false when the device takes no more for now. A message that fails is tried again. */
  write(peerId: UserId, text: string): boolean {
    const conversationId = this.client.conversationWith(peerId);
    try {
      const { deviceId } = this;
      const handle = this.client.sendText(conversationId, text);
      this.#observe({ kind: 'composed', deviceId, conversationId, clientMessageId: handle.id });
      this.#stateChanged(handle.id, handle.state);
      handle.onChange((state) => this.#stateChanged(handle.id, state));
      return true;
    } catch (error) {
      if (error instanceof SdkError && error.code === 'refused') return false;
      throw error;
    }
  }

  /** The person sees everything of the conversation with `peerId`. */
  read(peerId: UserId): void {
    const conversationId = this.client.conversationWith(peerId);
    const timeline = this.#timelines.get(conversationId);
    const seq = timeline === undefined ? 0 : shownThrough(timeline);
    if (timeline === undefined || seq === 0) return;
    this.#observe({ kind: 'opened', deviceId: this.deviceId, conversationId, seq });
    timeline.markRead();
  }

  /** Looks at everything that is shown and held, as the checkers want to see it. */
  async look(): Promise<void> {
    for (const [conversationId, timeline] of this.#timelines) {
      while (timeline.hasOlder) await timeline.loadOlder(HISTORY_PAGE);
      const all = { conversationId, beforeSeq: Number.MAX_SAFE_INTEGER, limit: Number.MAX_SAFE_INTEGER };
      this.#held.set(conversationId, await this.#store.entries(all));
    }
  }

  isMemberOf(conversationId: ConversationId): boolean {
    return parseConversationId(conversationId)?.members?.some((member) => member === this.userId) === true;
  }

  get #required(): Me {
    const me = this.#me ?? this.client.me;
    if (me === undefined) throw new Error('nobody is signed in');
    return me;
  }

  get #conversationIds(): ConversationId[] {
    return [...new Set([...this.#timelines.keys(), ...this.client.conversations.map(({ id }) => id)])];
  }

  #shown(conversationId: ConversationId, messageId: string): Message | undefined {
    return this.#timelines.get(conversationId)?.messages.find(({ id }) => id === messageId);
  }

  #stateChanged(clientMessageId: string, state: MessageState): void {
    const { deviceId } = this;
    this.#observe({ kind: 'message-state', deviceId, clientMessageId, state });
    if (state.name !== 'failed') return;
    // Not in the middle of what the client is telling.
    queueMicrotask(() => {
      this.#observe({ kind: 'tried-again', deviceId, clientMessageId });
      this.client.retry(clientMessageId);
    });
  }
}

/**
 * The last of the entries that are shown without a gap: behind it may be a message of one's own that the server has,
 * while what others wrote before it has not come.
 */
function shownThrough({ messages, hasOlder }: Timeline): number {
  const seqs = new Set(messages.flatMap(({ seq }) => seq ?? []));
  let seq = hasOlder ? Math.min(...seqs) - 1 : 0;
  while (seqs.has(seq + 1)) seq += 1;
  return Number.isFinite(seq) ? seq : 0;
}
