import type { Signals, SignalsParts } from '../engine/signals.ts';
import type { Screen } from '../engine/types.ts';
import type { Client, Unsubscribe, WatchedParts } from '../types.ts';
import type { OwnPresence } from './own-presence.ts';

/** What a client needs to tell and be told who is there and who types. */
export interface PresenceFeature {
  /** The engine's part: what goes to the server about it, and what comes. */
  signals: (parts: SignalsParts) => Signals;
  /** What the person chose to be shown as. */
  own: (settings: Pick<Client, 'setting' | 'setSetting'>) => OwnPresence;
  /** What is on the screen, out of all that was added and not taken back. */
  screens: (changed: (screen: Screen) => void) => {
    /** Until the returned function is called. */
    add(parts: WatchedParts): Unsubscribe;
  };
}
