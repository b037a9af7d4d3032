import { createConnection, type Socket } from 'node:net';
import { type Stanza, StanzaReader } from './stanza-reader.ts';

export interface StreamListener {
  onStanza(stanza: Stanza): void;
  /** All stanzas of what was read at once have been told. */
  onChunkEnd(): void;
  onEnd(reason: string): void;
}

/** A connection that speaks XMPP. */
export class XmppStream {
  readonly #socket: Socket;
  readonly #reader = new StanzaReader();
  #listener: StreamListener;

  private constructor(socket: Socket, listener: StreamListener) {
    this.#socket = socket;
    this.#listener = listener;
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.#read(chunk));
    socket.on('close', () => this.#listener.onEnd('ejabberd ended the connection'));
  }

  static connect(port: number, listener: StreamListener): Promise<XmppStream> {
    const { promise, resolve, reject } = Promise.withResolvers<XmppStream>();
    const socket = createConnection({ host: '127.0.0.1', port, noDelay: true });
    socket.on('error', reject);
    socket.on('connect', () => resolve(new XmppStream(socket, listener)));
    return promise;
  }

  /** From now on somebody else listens. */
  handTo(listener: StreamListener): void {
    this.#listener = listener;
  }

  write(text: string): void {
    this.#socket.write(text);
  }

  #read(chunk: string): void {
    try {
      for (const stanza of this.#reader.push(chunk)) this.#listener.onStanza(stanza);
      this.#listener.onChunkEnd();
    } catch (error) {
      this.#socket.destroy();
      this.#listener.onEnd(String(error));
    }
  }
}
