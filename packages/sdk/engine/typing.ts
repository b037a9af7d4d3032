import {
  type ConversationId,
  TYPING_LASTS_MS,
  TYPING_REPEAT_MS,
  type TypingChanged,
  TypingKind,
  type UserId,
} from '@hongyan/protocol';
import type { Typist } from '../types.ts';
import type { Commands } from './commands.ts';
import type { EngineEffect, Moment } from './types.ts';

/** What a person does in a conversation before there is a message. */
export type TypingName = 'typing' | 'recording' | 'stopped';

const kinds = { typing: TypingKind.TYPING, recording: TypingKind.RECORDING, stopped: TypingKind.STOPPED } as const;
const NOBODY: readonly Typist[] = [];

interface Heard {
  kind: 'typing' | 'recording';
  untilMs: number;
}

/** Who types where, here and elsewhere; each ends by itself (PRS-9). */
export class TypingHints {
  readonly #commands: Commands;
  readonly #effect: (effect: EngineEffect) => void;
  readonly #heard = new Map<ConversationId, Map<UserId, Heard>>();
  readonly #shown = new Map<ConversationId, readonly Typist[]>();
  /** What was said here last in each conversation, and when. */
  readonly #said = new Map<ConversationId, { name: TypingName; atMs: number }>();

  constructor(commands: Commands, effect: (effect: EngineEffect) => void) {
    this.#commands = commands;
    this.#effect = effect;
  }

  typists(conversationId: ConversationId): readonly Typist[] {
    return this.#shown.get(conversationId) ?? NOBODY;
  }

  /** The person does this now; said again at most so often as others need it. Only on a live connection. */
  say(conversationId: ConversationId, name: TypingName, { nowMs }: Moment): void {
    const said = this.#said.get(conversationId);
    const isGoingOn = said !== undefined && nowMs - said.atMs < TYPING_LASTS_MS;
    if (name === 'stopped' ? !isGoingOn : isGoingOn && said.name === name && nowMs - said.atMs < TYPING_REPEAT_MS)
      return;
    if (name === 'stopped') this.#said.delete(conversationId);
    else this.#said.set(conversationId, { name, atMs: nowMs });
    this.#commands.tell({ case: 'typing', value: { conversationId, kind: kinds[name] } });
  }

  /** A message ends it here, and for others when they get it. */
  composed(conversationId: ConversationId): void {
    this.#said.delete(conversationId);
  }

  pushed({ conversationId, typists }: TypingChanged, at: Moment): void {
    const heard = this.#heard.get(conversationId) ?? new Map<UserId, Heard>();
    for (const { userId, kind } of typists) {
      heard.delete(userId);
      if (kind === TypingKind.STOPPED) continue;
      const name = kind === TypingKind.RECORDING ? 'recording' : 'typing';
      heard.set(userId, { kind: name, untilMs: at.nowMs + TYPING_LASTS_MS });
    }
    this.#heard.set(conversationId, heard);
    this.#show(conversationId, at);
  }

  /** An entry of somebody came. */
  wrote(conversationId: ConversationId, userId: UserId, at: Moment): void {
    if (this.#heard.get(conversationId)?.delete(userId)) this.#show(conversationId, at);
  }

  /** When the timer `typing` fires. */
  expire(at: Moment): void {
    for (const [conversationId, heard] of this.#heard) {
      const over = [...heard].filter(([, { untilMs }]) => untilMs <= at.nowMs);
      for (const [userId] of over) heard.delete(userId);
      if (over.length > 0) this.#show(conversationId, at);
    }
    this.#setTimer(at);
  }

  /** The screen shows other conversations now. */
  leaveOut(isShown: (conversationId: ConversationId) => boolean, at: Moment): void {
    for (const [conversationId, heard] of this.#heard) {
      if (isShown(conversationId)) continue;
      heard.clear();
      this.#show(conversationId, at);
    }
    for (const conversationId of this.#said.keys()) if (!isShown(conversationId)) this.#said.delete(conversationId);
  }

  connectionLost(): void {
    this.#said.clear();
  }

  signedOut(): void {
    this.#said.clear();
    this.#heard.clear();
    this.#shown.clear();
    this.#effect({ type: 'clearTimer', name: 'typing' });
  }

  #show(conversationId: ConversationId, at: Moment): void {
    const heard = this.#heard.get(conversationId);
    const typists = [...(heard ?? [])].map(([userId, { kind }]) => ({ userId, kind }));
    const before = this.typists(conversationId);
    if (typists.length === 0) {
      this.#heard.delete(conversationId);
      this.#shown.delete(conversationId);
    } else this.#shown.set(conversationId, typists);
    if (JSON.stringify(before) !== JSON.stringify(typists)) {
      this.#effect({ type: 'emit', notice: { type: 'typing', conversationId } });
    }
    this.#setTimer(at);
  }

  #setTimer({ nowMs }: Moment): void {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const heard of this.#heard.values())
      for (const { untilMs } of heard.values()) nextMs = Math.min(nextMs, untilMs);
    if (nextMs === Number.POSITIVE_INFINITY) this.#effect({ type: 'clearTimer', name: 'typing' });
    else this.#effect({ type: 'setTimer', name: 'typing', delayMs: Math.max(0, nextMs - nowMs) });
  }
}
