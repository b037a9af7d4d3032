import type { Appended, AppendRequest } from '@hongyan/core/ports';
import type { ConversationId, Entry } from '@hongyan/protocol';
import type { Outcome } from '../lanes/carry-out.ts';
import type { EntryEffects } from './entry-effects.ts';
import type { MemberChanges } from './member-changes.ts';
import type { UserEventBatch } from './user-logs.ts';

/** An entry that has its place, and what is kept of it. */
export interface Placed extends Pick<Entry, 'body' | 'header'> {
  request: AppendRequest;
  seq: number;
}

/** What a batch of appends comes to, before it is written. */
export interface Placement {
  placed: Placed[];
  /** Where each conversation ends afterwards, and whether it begins here. */
  ends: Map<ConversationId, { seq: number; timeMs: number; isNew: boolean }>;
  effects: EntryEffects;
  changes: MemberChanges;
  events: UserEventBatch;
  answers: Outcome<Appended>[];
}
