import type { Client, Me } from '@hongyan/sdk/node';
import type { Terminal } from '../terminal/terminal.ts';
import type { Texts } from '../texts/index.ts';

export interface SignInOptions {
  /** Asked for when left out. */
  handle: string | undefined;
  /** Create the account instead of signing in to it; asked for when undefined. */
  register: boolean | undefined;
  /** Read before anything else, whether it is needed or not. */
  password: string | undefined;
  deviceName: string;
}

/**
 * Who the device belongs to: remembered from before, or asked for. Undefined when the input ended first.
 * Rejects with SdkError.
 */
export async function signIn(
  client: Client,
  terminal: Terminal,
  texts: Texts,
  options: SignInOptions,
): Promise<Me | undefined> {
  const remembered = await client.start();
  if (remembered !== undefined) return remembered;
  const { deviceName } = options;
  const handle = options.handle ?? (await terminal.readLine(texts.askHandle));
  if (handle === undefined) return undefined;
  const register = options.register ?? (await terminal.readLine(texts.askNew))?.trim().toLowerCase() === texts.yes;
  const password = options.password ?? (await terminal.readSecret(texts.askPassword));
  if (password === undefined) return undefined;
  const device = { deviceName, deviceKind: 'terminal' } as const;
  if (!register) return client.signIn({ handle, password, ...device });
  const displayName = options.handle ?? (await terminal.readLine(texts.askDisplayName)) ?? handle;
  return client.register({ handle, password, displayName: displayName || handle, ...device });
}
