import { HOST, nameOf, PASSWORD } from './accounts.ts';
import type { Stanza } from './stanza-reader.ts';
import { type StreamListener, XmppStream } from './stream.ts';

const DEADLINE_MS = 30_000;

const HEADER = `<?xml version='1.0'?><stream:stream to='${HOST}' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`;
const BIND = `<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>bench</resource></bind></iq>`;
const ENABLE = `<enable xmlns='urn:xmpp:sm:3'/>`;

const plain = (name: string): string =>
  `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${btoa(`\0${name}\0${PASSWORD}`)}</auth>`;

/** What is said at each step, and the stanza that has to come before the next one. */
const steps = (name: string): readonly (readonly [said: string, awaited: string])[] => [
  [HEADER, 'stream:features'],
  [plain(name), 'success'],
  [HEADER, 'stream:features'],
  [BIND, 'iq'],
  [`<presence/>${ENABLE}`, 'enabled'],
];

/** A connection that is signed in, available, and has stream management: what is counted begins now. */
export async function signIn(port: number, index: number): Promise<XmppStream> {
  const waiting = new Waiting();
  const deadline = setTimeout(() => waiting.onEnd(`ejabberd did not send <${waiting.awaited}> in time`), DEADLINE_MS);
  try {
    const stream = await XmppStream.connect(port, waiting);
    for (const [said, awaited] of steps(nameOf(index))) {
      const came = waiting.until(awaited);
      stream.write(said);
      await came;
    }
    return stream;
  } finally {
    clearTimeout(deadline);
  }
}

const refusals = new Set(['failure', 'failed', 'stream:error']);

/** Waits for one stanza at a time. */
class Waiting implements StreamListener {
  awaited = '';
  #came = Promise.withResolvers<void>();
  #ended: Error | undefined;

  until(name: string): Promise<void> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    this.awaited = name;
    this.#came = Promise.withResolvers();
    return this.#came.promise;
  }

  onStanza({ name, text }: Stanza): void {
    if (refusals.has(name)) this.onEnd(`ejabberd refused: ${text}`);
    else if (name === this.awaited) this.#came.resolve();
  }

  onChunkEnd(): void {}

  onEnd(reason: string): void {
    this.#ended = new Error(reason);
    this.#came.reject(this.#ended);
  }
}
