import { SdkError } from '@hongyan/sdk/node';
import { Chat } from './chat/chat.ts';
import { signIn } from './chat/sign-in.ts';
import { openClient } from './open-client.ts';
import { type ChatOptions, runProgram } from './options.ts';
import { interactiveTerminal, pipedTerminal } from './terminal/readline-terminal.ts';
import { localeOf, textsFor } from './texts/index.ts';

await runProgram(process.argv.slice(2), chat);

async function chat(options: ChatOptions): Promise<void> {
  const { stdin, stdout } = process;
  const texts = textsFor(localeOf(process.env));
  const terminal = stdin.isTTY && stdout.isTTY ? interactiveTerminal(stdin, stdout) : pipedTerminal(stdin, stdout);
  const client = openClient(options);
  try {
    const password = options.passwordStdin ? await terminal.readSecret('') : undefined;
    const register = options.register ?? (options.passwordStdin ? false : undefined);
    const me = await signIn(client, terminal, texts, { ...options, register, password });
    if (me === undefined) return;
    terminal.print(texts.signedInAs(me.displayName, me.handle));
    await new Chat({ client, terminal, texts }).run();
  } catch (error) {
    if (!(error instanceof SdkError)) throw error;
    console.error(texts.errors[error.code]);
    process.exitCode = 1;
  } finally {
    terminal.close();
    await client.close();
  }
}
