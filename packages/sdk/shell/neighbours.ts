import { electByChannel } from './channel-election.ts';
import { electByLock } from './lock-election.ts';
import { platform } from './platform.ts';

/** A place where clients of one origin hear each other. A word reaches all others that have joined, not oneself. */
export interface Channel {
  /** To all others; nothing says whether somebody heard it. */
  tell(word: object): void;
  /** Hears nothing any more. */
  leave(): void;
}

/** How clients on the same store (browser tabs) find each other. */
export interface Neighbours {
  /** `hear` is called with what others tell, until the channel is left. */
  join(name: string, hear: (word: object) => void): Channel;
  /** Makes this client stand for the lead until `signal` aborts; `changed` is called whenever it gains or loses it. */
  elect(name: string, signal: AbortSignal, changed: (leads: boolean) => void): void;
}

/**
 * Those of a browser. Pages over plain HTTP have no Web Locks but do have BroadcastChannel. Where not even that exists,
 * everybody leads: that costs traffic and never doubles a message, as the server knows it by its id (LOG-2).
 */
export const platformNeighbours: Neighbours = {
  join: joinBroadcast,
  elect(name, signal, changed) {
    const locks = platform.navigator?.locks;
    if (locks) electByLock(locks, name, signal, changed);
    else if (platform.BroadcastChannel) electByChannel({ join: joinBroadcast, name, signal, changed });
    else changed(true);
  },
};

function joinBroadcast(name: string, hear: (word: object) => void): Channel {
  if (!platform.BroadcastChannel) return { tell() {}, leave() {} };
  const channel = new platform.BroadcastChannel(name);
  channel.addEventListener('message', (event) => {
    if ('data' in event && typeof event.data === 'object' && event.data !== null) hear(event.data);
  });
  return { tell: (word) => channel.postMessage(word), leave: () => channel.close() };
}
