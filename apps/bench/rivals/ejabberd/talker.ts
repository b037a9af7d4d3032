import type { Pace } from '../../client/pace.ts';
import { SendTimes } from '../../client/send-times.ts';
import type { Verdict } from '../../measure/judge.ts';
import { MemberLog } from '../../measure/member-log.ts';
import type { Meter } from '../../measure/meter.ts';
import { addressOf } from './accounts.ts';
import { signIn } from './sign-in.ts';
import { attributeOf, STREAM_END, type Stanza } from './stanza-reader.ts';
import type { StreamListener, XmppStream } from './stream.ts';

export interface TalkerParts {
  /** Its account's, and that of the account it writes to. */
  index: number;
  otherIndex: number;
  text: string;
  meter: Meter;
  onFailure: (reason: string) => void;
}

const REQUEST = `<r xmlns='urn:xmpp:sm:3'/>`;
const answer = (handled: number): string => `<a xmlns='urn:xmpp:sm:3' h='${handled}'/>`;

/**
 * One of the two who write to each other over ejabberd. The id of its n-th message is n, and as it sends no other stanzas, that
 * is also how many ejabberd has handled when it says so (XEP-0198).
 */
export class EjabberdTalker implements StreamListener {
  readonly #parts: TalkerParts;
  readonly #times = new SendTimes();
  /** The other's messages that came, each at the place of its own number. */
  readonly #received = new MemberLog();
  #other: EjabberdTalker | undefined;
  #stream: XmppStream | undefined;
  #pace: Pace | undefined;
  #outgoing = '';
  #sent = 0;
  #acknowledged = 0;
  /** Stanzas that ejabberd sent; it asks for the count now and then. */
  #handled = 0;
  #asked = false;
  #delivered = 0;
  #outOfOrder = 0;

  constructor(parts: TalkerParts) {
    this.#parts = parts;
  }

  /** Messages that are not done: acknowledged by ejabberd, and with the other. */
  get underWay(): number {
    return this.#sent - Math.min(this.#acknowledged, this.#other?.delivered ?? 0);
  }

  /** Messages of the other that came. */
  get delivered(): number {
    return this.#delivered;
  }

  /** How the messages of the other fared. */
  get verdict(): Verdict {
    const sent = this.#other?.sent ?? 0;
    const { repeats: duplicated } = this.#received;
    return { sent, delivered: this.#delivered, lost: sent - this.#delivered, duplicated, outOfOrder: this.#outOfOrder };
  }

  get sent(): number {
    return this.#sent;
  }

  async connect(port: number): Promise<void> {
    this.#stream = await signIn(port, this.#parts.index);
    this.#stream.handTo(this);
  }

  /** Begins to write. */
  start(other: EjabberdTalker, pace: Pace): void {
    this.#other = other;
    this.#pace = pace;
    this.#write();
  }

  stop(): void {
    this.#pace = undefined;
  }

  onStanza(stanza: Stanza): void {
    switch (stanza.name) {
      case 'message':
        this.#handled += 1;
        this.#hold(stanza);
        return;
      case 'presence':
      case 'iq':
        this.#handled += 1;
        return;
      case 'r':
        this.#asked = true;
        return;
      case 'a':
        this.#acknowledge(Number(attributeOf(stanza, 'h')));
        return;
      case 'stream:error':
      case STREAM_END:
        this.#parts.onFailure(`ejabberd ended the stream: ${stanza.text}`);
    }
  }

  onChunkEnd(): void {
    if (this.#asked) this.#outgoing += answer(this.#handled);
    this.#asked = false;
    this.#write();
    if (this.#other !== undefined) this.#other.#write();
  }

  #write(): void {
    this.#fillWindow(performance.now());
    if (this.#outgoing === '') return;
    this.#stream?.write(this.#outgoing);
    this.#outgoing = '';
  }

  onEnd(reason: string): void {
    this.#parts.onFailure(reason);
  }

  #hold(stanza: Stanza): void {
    const number = Number(attributeOf(stanza, 'id'));
    if (!Number.isInteger(number) || attributeOf(stanza, 'type') !== 'chat') {
      this.#parts.onFailure(`ejabberd refused a message: ${stanza.text}`);
      return;
    }
    const newest = this.#received.lastSeq;
    if (!this.#received.put(number, number)) return;
    if (number < newest) this.#outOfOrder += 1;
    this.#delivered += 1;
    if (this.#other !== undefined) this.#parts.meter.delivered(this.#other.#times.at(number), performance.now());
  }

  #acknowledge(handled: number): void {
    const nowMs = performance.now();
    while (this.#acknowledged < handled) {
      this.#acknowledged += 1;
      this.#parts.meter.acknowledged(this.#times.at(this.#acknowledged), nowMs);
    }
  }

  #fillWindow(nowMs: number): void {
    const pace = this.#pace;
    if (pace === undefined) return;
    const { otherIndex, text } = this.#parts;
    const before = this.#sent;
    while (this.underWay < pace.window) {
      this.#sent += 1;
      this.#times.set(this.#sent, nowMs);
      this.#outgoing += `<message to='${addressOf(otherIndex)}' type='chat' id='${this.#sent}'><body>${text}</body></message>`;
    }
    if (this.#sent > before) this.#outgoing += REQUEST;
  }
}
