import type { PersonKey } from '../world/people.ts';

/** Something that somebody did in a room. `said` names a message: which of those said there, counted from 0. */
export type Deed =
  | { kind: 'say'; text: string; replyTo: number | undefined }
  | { kind: 'edit'; said: number; text: string }
  | { kind: 'recall'; said: number }
  | { kind: 'react'; said: number; emoji: string }
  | { kind: 'pin'; said: number };

export interface StoryEvent {
  atMs: number;
  who: PersonKey;
  deed: Deed;
}
