import type { Address, Broker } from '@hongyan/core/ports';
import { createInbox, type Msg, type NatsConnection } from '@nats-io/transport-node';

/** Sent and not confirmed by the server: beyond it a server that takes nothing costs no more memory. */
const UNCONFIRMED_BYTES_MAX = 64 * 1024 * 1024;

export interface NatsTrouble {
  /** The connection is gone, and sought again. */
  onLost?: (() => void) | undefined;
  /** A receiver threw: the message was none that it understands. */
  onError?: ((error: unknown, subject: string) => void) | undefined;
  /** It is gone for good, which needs somebody to look at it: the credentials are refused. */
  onFatal?: ((error: Error) => void) | undefined;
}

/** The broker port on core NATS: subjects, no streams. */
export class NatsBroker implements Broker {
  readonly #connection: NatsConnection;
  readonly #trouble: NatsTrouble;
  readonly #listeners = new Set<() => void>();
  readonly #unheard = new Map<string, () => void>();
  readonly #inbox = createInbox();
  #isConnected = true;
  #isClosing = false;
  #addressCount = 0;
  #unconfirmedBytes = 0;
  #isConfirming = false;
  #hasDropped = false;

  constructor(connection: NatsConnection, trouble: NatsTrouble) {
    this.#connection = connection;
    this.#trouble = trouble;
    void this.#watch();
    connection.subscribe(`${this.#inbox}.*`, { callback: (_error, message) => this.#answered(message) });
  }

  get bytesMax(): number {
    return this.#connection.info?.max_payload ?? 0;
  }

  publish(subject: string, payload: Uint8Array): void {
    this.#send(subject, payload, {});
  }

  subscribe(subject: string, receive: (payload: Uint8Array) => void): () => void {
    const subscription = this.#connection.subscribe(subject, {
      callback: (error, message) => {
        if (error === null) this.#received(receive, message, subject);
      },
    });
    return () => {
      if (!this.#isClosing) subscription.unsubscribe();
    };
  }

  address(subject: string, unheard: () => void): Address {
    const reply = `${this.#inbox}.${++this.#addressCount}`;
    this.#unheard.set(reply, unheard);
    return {
      send: (payload) => this.#send(subject, payload, { reply }),
      close: () => void this.#unheard.delete(reply),
    };
  }

  onRestored(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#isConnected) await this.#connection.drain().catch(() => undefined);
    await this.#connection.close();
  }

  #send(subject: string, payload: Uint8Array, options: { reply?: string }): void {
    if (payload.length > this.bytesMax && this.#isConnected)
      throw new RangeError('a message larger than the broker takes');
    if (!this.#isConnected || this.#isClosing) return;
    if (this.#unconfirmedBytes > UNCONFIRMED_BYTES_MAX) {
      this.#hasDropped = true;
      return;
    }
    this.#connection.publish(subject, payload, options);
    this.#unconfirmedBytes += payload.length;
    if (!this.#isConfirming) void this.#confirm();
  }

  /** The server answers in its order: then it has taken what was sent before. */
  async #confirm(): Promise<void> {
    this.#isConfirming = true;
    while (this.#unconfirmedBytes > 0 && this.#isConnected && !this.#isClosing) {
      const bytes = this.#unconfirmedBytes;
      await this.#connection.flush().catch(() => undefined);
      this.#unconfirmedBytes = Math.max(0, this.#unconfirmedBytes - bytes);
    }
    this.#isConfirming = false;
    if (this.#hasDropped && this.#isConnected) this.#restored();
  }

  /** What a receiver throws would end the reading of all subjects. */
  #received(receive: (payload: Uint8Array) => void, message: Msg, subject: string): void {
    try {
      receive(message.data);
    } catch (error) {
      this.#trouble.onError?.(error, subject);
    }
  }

  /** The server's own answer when nobody subscribes (status 503). */
  #answered(message: Msg): void {
    if (message.headers?.code === 503) this.#unheard.get(message.subject)?.();
  }

  #restored(): void {
    this.#hasDropped = false;
    for (const listener of [...this.#listeners]) listener();
  }

  async #watch(): Promise<void> {
    for await (const status of this.#connection.status()) {
      switch (status.type) {
        case 'disconnect':
          this.#isConnected = false;
          this.#unconfirmedBytes = 0;
          if (!this.#isClosing) this.#trouble.onLost?.();
          break;
        case 'reconnect':
          this.#isConnected = true;
          this.#restored();
          break;
      }
    }
    const error = await this.#connection.closed();
    if (!this.#isClosing)
      this.#trouble.onFatal?.(error instanceof Error ? error : new Error('NATS ended the connection'));
  }
}
