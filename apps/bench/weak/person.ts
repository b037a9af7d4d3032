import { type Client, createClient, type Me, MemoryStore, type MessageState } from '@hongyan/sdk/node';
import type { Phase } from '@hongyan/testkit/proxy';
import type { SeededRandom } from '@hongyan/testkit/random';
import { countingTransport, type SessionCounts } from './counting-transport.ts';
import { WeakJudge } from './judge.ts';
import type { LabMeters } from './meters.ts';
import type { WeakPath } from './path.ts';
import { Recovery } from './recovery.ts';

/** Somebody who chats: a few seconds between messages, now and then several at once. */
const PAUSE_MIN_MS = 2_000;
const PAUSE_MAX_MS = 12_000;
const BURST_CHANCE = 0.25;
const BURST_MAX = 4;
const WORDS_MAX = 30;
/** How long somebody takes to see that a message failed and to tap "try again". */
const TAP_MIN_MS = 2_000;
const TAP_MAX_MS = 6_000;

/** A person with a real client on a weak path, talking with one other. */
export class WeakPerson {
  readonly path: WeakPath;
  readonly sessions: SessionCounts = { begun: 0, resumed: 0 };
  /** Of what this person wrote and the other one was told. */
  readonly judge = new WeakJudge();
  readonly #client: Client;
  readonly #random: SeededRandom;
  readonly #meters: LabMeters;
  readonly #recovery: Recovery;
  readonly #unsent = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #peer: WeakPerson | undefined;

  constructor(path: WeakPath, random: SeededRandom, meters: LabMeters) {
    this.path = path;
    this.#random = random;
    this.#meters = meters;
    this.#recovery = new Recovery((durationMs) => meters.recover.recordMs(durationMs));
    const transport = countingTransport(path.transport(), this.sessions);
    this.#client = createClient({ server: path.server, store: new MemoryStore(), transport, clientName: 'weak' });
    this.#client.on('message', (message) => {
      const nowMs = performance.now();
      const tookMs = this.#peer?.judge.heard(message, nowMs);
      if (tookMs !== undefined) meters.delivery.recordMs(tookMs);
      this.#recovery.messageThrough(nowMs);
    });
  }

  /** Creates the account and connects, while the network is still good. */
  async arrive(name: string): Promise<Me> {
    const me = await this.#client.register({ handle: name, password: 'correct horse battery', displayName: name });
    await this.#online();
    return me;
  }

  /** Nothing of one's own is on its way, and everything the other one wrote was told. */
  get isSettled(): boolean {
    return this.#unsent.size === 0 && this.judge.delivered === this.judge.written;
  }

  /** Chats with `peer` under `phases` until `signal` aborts. Resolves when the path is good again. */
  async live(peer: WeakPerson, phases: Iterable<Phase>, signal: AbortSignal): Promise<void> {
    this.#peer = peer;
    this.#writeLater(peer, signal);
    let before: Phase | undefined;
    await this.path.weather(phases, signal, (phase) => {
      if (isOutage(before)) this.#outageEnded();
      if (phase.cut !== undefined && !isOutage(phase)) this.#outageEnded();
      before = phase;
    });
    if (isOutage(before)) this.#outageEnded();
  }

  /** What both devices of the conversation show at the end, oldest first. */
  async history(peer: WeakPerson): Promise<string[]> {
    const timeline = this.#client.openTimeline(this.#client.conversationWith(peer.#me.userId));
    while (timeline.hasOlder) await timeline.loadOlder(200);
    const ids = timeline.messages.map(({ id }) => id);
    timeline.close();
    return ids;
  }

  /** In words, for whoever asks why a run did not settle. */
  get status(): string {
    const { connection } = this.#client;
    return `${this.#me.handle} is ${JSON.stringify(connection)}, ${this.#unsent.size} unsent, heard ${this.judge.delivered} of ${this.judge.written}`;
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#client.close();
    await this.path.close();
  }

  get #me(): Me {
    const { me } = this.#client;
    if (me === undefined) throw new Error('the server ended the session of a person');
    return me;
  }

  #outageEnded(): void {
    this.#meters.outages += 1;
    const peerWaits = this.#peer !== undefined && this.#peer.judge.delivered < this.#peer.judge.written;
    this.#recovery.outageEnded(performance.now(), this.#unsent.size > 0 || peerWaits);
  }

  #online(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.#client.on('connection', ({ status }) => check(status));
      const check = (status: string) => {
        if (status !== 'online') return;
        stop();
        resolve();
      };
      check(this.#client.connection.status);
    });
  }

  #writeLater(peer: WeakPerson, signal: AbortSignal): void {
    this.#later(this.#random.between(PAUSE_MIN_MS, PAUSE_MAX_MS), () => {
      if (signal.aborted) return;
      const count = this.#random.chance(BURST_CHANCE) ? this.#random.between(2, BURST_MAX) : 1;
      for (let written = 0; written < count; written++) this.#write(peer);
      this.#writeLater(peer, signal);
    });
  }

  #write(peer: WeakPerson): void {
    const text = 'wild geese '.repeat(this.#random.between(1, WORDS_MAX));
    const handle = this.#client.sendText(this.#client.conversationWith(peer.#me.userId), text);
    this.judge.wrote(handle.id, performance.now());
    this.#unsent.add(handle.id);
    handle.onChange((state) => this.#stateChanged(handle.id, state));
  }

  #stateChanged(messageId: string, state: MessageState): void {
    switch (state.name) {
      case 'failed':
        this.#meters.failed += 1;
        this.judge.retried(messageId);
        this.#later(this.#random.between(TAP_MIN_MS, TAP_MAX_MS), () => this.#client.retry(messageId));
        return;
      case 'sent':
      case 'delivered':
      case 'read':
        if (this.#unsent.delete(messageId)) this.#recovery.messageThrough(performance.now());
        return;
      default:
    }
  }

  #later(delayMs: number, task: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      task();
    }, delayMs);
    this.#timers.add(timer);
  }
}

const isOutage = (phase: Phase | undefined): boolean => phase?.conditions.reach === 'silent';
