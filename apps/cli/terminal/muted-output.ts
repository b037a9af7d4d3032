import { Writable } from 'node:stream';
import type { WriteStream } from 'node:tty';

/** A terminal that can be kept from showing what is typed. */
export class MutableOutput extends Writable {
  muted = false;
  readonly #terminal: WriteStream;

  constructor(terminal: WriteStream) {
    super({ decodeStrings: false });
    this.#terminal = terminal;
    terminal.on('resize', () => this.emit('resize'));
  }

  /** The width that line editing reckons with. */
  get columns(): number {
    return this.#terminal.columns;
  }

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (!this.muted) this.#terminal.write(chunk);
    done();
  }
}
