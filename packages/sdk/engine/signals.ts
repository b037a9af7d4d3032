import type { ConversationId, Limits, Push, Reply, UserId, Welcome } from '@hongyan/protocol';
import type { DeviceKindName, Presence, Typist } from '../types.ts';
import type { Commands, SignalPurpose } from './commands.ts';
import type { Retries } from './retries.ts';
import type { EngineEffect, EngineEvent, Moment } from './types.ts';

export type SignalEvent = Extract<EngineEvent, { type: 'screenChanged' | 'deviceIdle' | 'typed' }>;
export type SignalPush = Extract<NonNullable<Push['body']>, { case: 'presenceChanged' | 'typingChanged' | 'entry' }>;

export interface SignalsParts {
  deviceKind: DeviceKindName;
  commands: Commands;
  retries: Retries;
  effect: (effect: EngineEffect) => void;
}

/** What passes between devices and is not kept: who is there, and who types. An engine that has none says and hears nothing of it. */
export interface Signals {
  presence(userId: UserId): Presence | undefined;
  typists(conversationId: ConversationId): readonly Typist[];
  take(event: SignalEvent, isLive: boolean, at: Moment): void;
  /** A message was written here. */
  composed(conversationId: ConversationId): void;
  welcomed(welcome: Welcome): void;
  pushed(body: SignalPush, at: Moment): void;
  answered(purpose: SignalPurpose, body: NonNullable<Reply['body']>, at: Moment): void;
  /** Says what the server does not know yet. Only on a live connection. */
  issue(limits: Limits, at: Moment): void;
  /** When the timer `typing` fires. */
  expire(at: Moment): void;
  connectionLost(): void;
  signedOut(): void;
}
