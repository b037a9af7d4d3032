import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { connect, isIPv4, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Of the addresses that a name has so many are tried. */
const ADDRESSES_MAX = 8;
const RESOLVER = { timeout: 1_500, tries: 2 };

export interface Target {
  /** At least one, best first. */
  addresses: readonly string[];
  port: number;
}

/** What previews know of the network. Every call ends when its signal is aborted, and rejects then. */
export interface Network {
  /** The addresses that a name has in the DNS, of both families; none when it has none or nobody answers. */
  resolve(name: string, signal: AbortSignal): Promise<string[]>;
  /** A connection to one of the addresses and to nothing else: no name is looked up again. */
  connect(target: Target, signal: AbortSignal): Promise<Socket>;
  /** The addresses of this machine's own interfaces. */
  ownAddresses(): string[];
}

/** Of this machine. `nameServers` are `address:port`; those that the system names when left out. */
export const createNetwork = (nameServers?: readonly string[]): Network => ({
  /**
   * Asks name servers itself. The system's lookup would find names of this machine and its network, and a slow name server
   * would hold one of the few threads that files and passwords need as well.
   */
  async resolve(name, signal) {
    const resolver = new Resolver(RESOLVER);
    if (nameServers !== undefined) resolver.setServers(nameServers);
    const cancel = () => resolver.cancel();
    signal.addEventListener('abort', cancel);
    try {
      const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
      signal.throwIfAborted();
      return [four, six].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  },

  async connect({ addresses, port }, signal) {
    const checked = addresses
      .slice(0, ADDRESSES_MAX)
      .map((address) => ({ address, family: isIPv4(address) ? 4 : 6 }) as const);
    const socket = connect({
      host: 'checked.invalid',
      port,
      autoSelectFamily: true,
      lookup: (_name, _options, answer) => answer(null, checked),
    });
    // Whoever uses it hears of errors too; nobody does while it goes from hand to hand.
    socket.on('error', () => {});
    try {
      await once(socket, 'connect', { signal });
      return socket;
    } catch (error) {
      socket.destroy();
      throw error;
    }
  },

  ownAddresses: () =>
    Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address)),
});
