import type { Signals, SignalsParts } from '../engine/signals.ts';
import type { Screen } from '../engine/types.ts';
import type { Client, Unsubscribe, WatchedParts } from '../types.ts';
import type { OwnPresence } from './own-presence.ts';

/** What a client needs to tell and be told who is there and who types. */
export interface PresenceFeature {
  signals: (parts: SignalsParts) => Signals;
  own: (settings: Pick<Client, 'setting' | 'setSetting'>) => OwnPresence;
  screens: (changed: (screen: Screen) => void) => { add(parts: WatchedParts): Unsubscribe };
}
