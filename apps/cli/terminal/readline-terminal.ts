import { clearLine, createInterface, cursorTo, type Interface } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import { LineQueue } from './line-queue.ts';
import { MutableOutput } from './muted-output.ts';
import type { Terminal } from './terminal.ts';

/** Lines over pipes: one line in, one line out, no prompts. */
export function pipedTerminal(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Terminal {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const queue = new LineQueue(lines);
  return {
    readLine: () => queue.next(),
    readSecret: () => queue.next(),
    print: (line) => void output.write(`${line}\n`),
    close: () => lines.close(),
  };
}

/** A person at a terminal, with line editing and history. */
export function interactiveTerminal(input: ReadStream, terminal: WriteStream): Terminal {
  const output = new MutableOutput(terminal);
  const lines: Interface = createInterface({ input, output, terminal: true });
  const queue = new LineQueue(lines);
  // A secret is on top of the history when its line ends.
  lines.on('history', (history: string[]) => {
    if (output.muted) history.shift();
  });
  lines.on('SIGINT', () => lines.close());
  let reading = false;

  const ask = async (prompt: string) => {
    lines.setPrompt(prompt);
    lines.prompt();
    reading = true;
    try {
      return await queue.next();
    } finally {
      reading = false;
    }
  };

  return {
    readLine: ask,
    async readSecret(prompt) {
      const answer = ask(prompt);
      output.muted = true;
      try {
        return await answer;
      } finally {
        output.muted = false;
        terminal.write('\n');
      }
    },
    print(line) {
      clearLine(terminal, 0);
      cursorTo(terminal, 0);
      terminal.write(`${line}\n`);
      if (reading) lines.prompt(true);
    },
    close: () => lines.close(),
  };
}
