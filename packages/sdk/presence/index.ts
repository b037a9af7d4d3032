import { PresenceSignals } from '../engine/presence-signals.ts';
import { Screens } from '../shell/screens.ts';
import { OwnPresence } from './own-presence.ts';
import type { PresenceFeature } from './types.ts';

export type { PresenceFeature } from './types.ts';

/** For `createClient({ presence })`: who is there and who types. */
export const presence: PresenceFeature = {
  signals: (parts) => new PresenceSignals(parts),
  own: (settings) => new OwnPresence(settings),
  screens: (changed) => new Screens(changed),
};
