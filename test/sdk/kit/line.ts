import type { Transport } from '@hongyan/sdk/node';

/** A network line in a test's hands. Cut, it ends what runs over it, and new connections wait until it is mended. */
export class Line {
  readonly transport: Transport;
  readonly #cuts = new Set<() => void>();
  readonly #waiting = new Set<() => void>();
  #isCut = false;

  constructor(over: Transport) {
    this.transport = (handlers) => {
      let connection: ReturnType<Transport> | undefined;
      const open = () => {
        this.#cuts.add(cut);
        connection = over(handlers);
      };
      const release = () => {
        this.#cuts.delete(cut);
        this.#waiting.delete(open);
        connection?.close();
      };
      const cut = () => {
        release();
        handlers.onClose(0, 'the line was cut');
      };
      if (this.#isCut) this.#waiting.add(open);
      else open();
      return { send: (commands) => connection?.send(commands), close: release };
    };
  }

  cut(): void {
    this.#isCut = true;
    for (const cut of [...this.#cuts]) cut();
  }

  mend(): void {
    this.#isCut = false;
    for (const open of [...this.#waiting]) open();
    this.#waiting.clear();
  }
}
