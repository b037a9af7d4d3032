import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';

export interface ChatOptions {
  /** The server's address without a path. */
  server: URL;
  handle: string | undefined;
  passwordStdin: boolean;
  register: boolean | undefined;
  transport: 'ws' | 'tcp';
  tcpPort: number;
  /** The directory that keeps what this device holds. */
  data: string;
  deviceName: string;
}

function address(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new InvalidArgumentError('It must be an address such as http://localhost:8080.');
  }
  return url;
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535) throw new InvalidArgumentError('It must be a port.');
  return value;
}

const dataHome = () => process.env.XDG_DATA_HOME || join(homedir(), '.local', 'share');

/** Reads the arguments and runs what they ask for. */
export async function runProgram(
  argv: readonly string[],
  chat: (options: ChatOptions) => Promise<void>,
): Promise<void> {
  const program = new Command('hongyan').description('Hongyan 鸿雁 in the terminal');
  program
    .command('chat')
    .description('write with others')
    .option('--server <address>', 'the server', address, new URL('http://localhost:8080'))
    .option('--handle <handle>', 'who you are; asked for when left out')
    .option('--password-stdin', 'the first line of the input is the password', false)
    .option('--register', 'create the account')
    .addOption(new Option('--transport <name>', 'how messages travel').choices(['ws', 'tcp']).default('ws'))
    .option('--tcp-port <port>', "the server's TCP port", port, 8081)
    .option('--data <directory>', 'where this device keeps what it holds', join(dataHome(), 'hongyan'))
    .option('--device-name <name>', 'what your other devices call this one', hostname())
    .action((options: ChatOptions) => chat(options));
  await program.parseAsync([...argv], { from: 'user' });
}
