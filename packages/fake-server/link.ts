import { type CloseCode, decodeServerFrame, encodeCommand, splitFrames } from '@hongyan/protocol';
import type { Transport } from '@hongyan/sdk';
import type { Connection, Door } from '@hongyan/server/gateway';

/** Larger than any frame of the server. */
const FRAME_BYTES_MAX = 16 * 1024 * 1024;

/** One connection, with what the client has of it and what the server has. */
export class Link {
  readonly client: ReturnType<Transport> = {
    send: (commands) => {
      const frames = commands.map(encodeCommand);
      this.#later(() => this.#session?.receive(frames));
    },
    close: () => this.#end(),
  };
  readonly #handlers: Parameters<Transport>[0];
  readonly #latencyMs: () => number;
  readonly #underWay: (() => void)[] = [];
  #session: ReturnType<Door['accept']>;
  #isOver = false;

  constructor(handlers: Parameters<Transport>[0], latencyMs: () => number) {
    this.#handlers = handlers;
    this.#latencyMs = latencyMs;
  }

  /** Knocks at the door, if there is one when that is reached. */
  open(door: () => Door | undefined): void {
    this.#later(() => {
      const found = door();
      if (found === undefined) return this.#lose(0, 'nobody is there');
      this.#session = found.accept(this.#server);
      this.#handlers.onOpen();
    });
  }

  cut(): void {
    if (!this.#isOver) this.#lose(0, 'the network went down');
  }

  get #server(): Connection {
    return {
      bufferedBytes: 0,
      write: (frames) => {
        const decoded = Array.from(splitFrames(frames, FRAME_BYTES_MAX), decodeServerFrame);
        this.#later(() => this.#handlers.onFrames(decoded));
      },
      close: (code: CloseCode, reason) => this.#later(() => this.#lose(code, reason)),
    };
  }

  /** What is under way arrives in order, also when the latency changes meanwhile. */
  #later(task: () => void): void {
    this.#underWay.push(task);
    const arrive = () => {
      const next = this.#underWay.shift();
      if (!this.#isOver) next?.();
    };
    const latencyMs = this.#latencyMs();
    if (latencyMs > 0) setTimeout(arrive, latencyMs);
    else queueMicrotask(arrive);
  }

  /** Ends it, and tells the client. */
  #lose(code: number, reason: string): void {
    this.#end();
    this.#handlers.onClose(code, reason);
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#session?.connectionLost();
  }
}
