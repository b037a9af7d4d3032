import type { ConversationId, Limits, Reply, UserId, Welcome } from '@hongyan/protocol';
import type { Presence, Typist } from '../types.ts';
import type { SignalPurpose } from './commands.ts';
import { deviceKindOf } from './presence-from-wire.ts';
import type { SignalEvent, SignalPush, Signals, SignalsParts } from './signals.ts';
import type { Moment } from './types.ts';
import { TypingHints } from './typing.ts';
import { Watching, type WatchingParts } from './watching.ts';

/** Who is there and who types, as far as the screen shows it. */
export class PresenceSignals implements Signals {
  readonly #watching: Watching;
  readonly #typing: TypingHints;

  constructor({ deviceKind, commands, retries, effect }: SignalsParts) {
    const device = { kind: deviceKindOf(deviceKind), isIdle: false };
    const notice: WatchingParts['notice'] = (notice) => effect({ type: 'emit', notice });
    this.#watching = new Watching(device, { commands, retries, notice });
    this.#typing = new TypingHints(commands, effect);
  }

  presence(userId: UserId): Presence | undefined {
    return this.#watching.presence(userId);
  }

  typists(conversationId: ConversationId): readonly Typist[] {
    return this.#typing.typists(conversationId);
  }

  take(event: SignalEvent, isLive: boolean, at: Moment): void {
    switch (event.type) {
      case 'screenChanged':
        this.#watching.screenChanged(event.screen);
        this.#typing.leaveOut((conversationId) => this.#watching.looksAt(conversationId), at);
        return;
      case 'deviceIdle':
        this.#watching.idle(event.isIdle);
        return;
      case 'typed': {
        const { conversationId, name } = event;
        // Nobody is told later what somebody does now.
        if (!isLive || !this.#watching.isAgreed || !this.#watching.looksAt(conversationId)) return;
        this.#typing.say(conversationId, name, at);
      }
    }
  }

  composed(conversationId: ConversationId): void {
    this.#typing.composed(conversationId);
  }

  welcomed(welcome: Welcome): void {
    this.#watching.welcomed(welcome);
  }

  pushed({ case: what, value }: SignalPush, at: Moment): void {
    switch (what) {
      case 'presenceChanged':
        this.#watching.pushed(value);
        return;
      case 'typingChanged':
        if (this.#watching.looksAt(value.conversationId)) this.#typing.pushed(value, at);
        return;
      case 'entry':
        this.#typing.wrote(value.conversationId, value.senderId, at);
    }
  }

  answered(purpose: SignalPurpose, body: NonNullable<Reply['body']>, at: Moment): void {
    this.#watching.answered(purpose, body, at);
  }

  issue(limits: Limits, at: Moment): void {
    this.#watching.issue(limits, at);
  }

  expire(at: Moment): void {
    this.#typing.expire(at);
  }

  connectionLost(): void {
    this.#watching.connectionLost();
    this.#typing.connectionLost();
  }

  signedOut(): void {
    this.#watching.signedOut();
    this.#typing.signedOut();
  }
}
