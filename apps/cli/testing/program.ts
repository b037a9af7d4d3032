import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Longer than a loaded machine needs; then the wait tells what was printed instead. */
const LINE_DEADLINE_MS = 20_000;

/** A program on pipes, whose lines can be waited for. */
export class Program {
  /** All it has printed so far, errors included. */
  readonly printed: string[] = [];
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown[]>;
  #ended = false;
  /** Lines up to here were waited for already. */
  #read = 0;
  #wake = Promise.withResolvers<void>();

  constructor(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const stdio = ['pipe', 'pipe', 'pipe'] as const;
    this.#child = spawn(process.execPath, [...argv], { stdio: [...stdio], env: { ...process.env, ...env } });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream !== null) createInterface(stream).on('line', (line) => this.#receive(line));
    }
    this.#exited = once(this.#child, 'close').finally(() => {
      this.#ended = true;
      this.#wake.resolve();
    });
  }

  type(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  endInput(): void {
    this.#child.stdin?.end();
  }

  /** The next line that contains `part`. Rejects when the program ends, or the deadline passes, without one. */
  async line(part: string): Promise<string> {
    let late = false;
    const deadline = setTimeout(() => {
      late = true;
      this.#wake.resolve();
    }, LINE_DEADLINE_MS);
    for (;;) {
      for (; this.#read < this.printed.length; this.#read++) {
        const line = this.printed[this.#read];
        if (!line?.includes(part)) continue;
        this.#read += 1;
        clearTimeout(deadline);
        return line;
      }
      if (this.#ended || late) throw new Error(`no line with "${part}" in:\n${this.printed.join('\n')}`);
      await this.#wake.promise;
    }
  }

  async exitCode(): Promise<unknown> {
    const [code] = await this.#exited;
    return code;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#exited;
  }

  #receive(line: string): void {
    this.printed.push(line);
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }
}
