import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Cue, Order, Report } from './orders.ts';

const GENERATOR_MAIN = fileURLToPath(new URL('../generator/main.ts', import.meta.url));

/** The process that plays the clients, so that it and the server each have a core. */
export class GeneratorProcess {
  readonly #child: ChildProcess;
  readonly #reports: Report[] = [];
  #wake = Promise.withResolvers<void>();

  constructor(order: Order) {
    this.#child = fork(GENERATOR_MAIN, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#child.on('message', (report: Report) => this.#receive(report));
    this.#child.on('exit', (code) =>
      this.#receive({ name: 'failed', reason: `the generator ended with code ${code}` }),
    );
    this.#child.send(order);
  }

  tell(cue: Cue): void {
    this.#child.send(cue);
  }

  /** The next report, which has to be the one named. Throws when the generator failed instead. */
  async next<N extends Report['name']>(name: N): Promise<Report & { name: N }> {
    let report = this.#reports.shift();
    while (report === undefined) {
      await this.#wake.promise;
      report = this.#reports.shift();
    }
    if (report.name === 'failed') throw new Error(report.reason);
    if (report.name !== name) throw new Error(`the generator reported ${report.name} instead of ${name}`);
    return report as Report & { name: N };
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }

  #receive(report: Report): void {
    this.#reports.push(report);
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }
}
