import type { Signals, SignalsParts } from '../engine/signals.ts';
import type { Screen } from '../engine/types.ts';
import type { Unsubscribe, WatchedParts } from '../types.ts';

/** What a client needs to tell and be told who is there and who types. */
export interface PresenceFeature {
  signals: (parts: SignalsParts) => Signals;
  screens: (changed: (screen: Screen) => void) => { add(parts: WatchedParts): Unsubscribe };
}
