import type { Client } from '@hongyan/sdk';
import { type InjectionKey, shallowReactive } from 'vue';
import { belongsTo } from '../client/conversationIds.ts';
import type { Drafts } from './drafts.ts';

/** How long a text rests before the account's other devices are told of it. */
const HANDOVER_DELAY_MS = 600;

/** As much of the client as drafts need. */
export type DraftClient = Pick<Client, 'draft' | 'setDraft' | 'on'>;

/**
 * The texts in the composers. What is typed is kept on this device at once and handed over to the account when it rests, so
 * that the other devices have it. What they write shows here, unless somebody is writing here at that moment.
 */
export class DraftKeeper {
  readonly #sdk: DraftClient;
  /** What is not handed over yet: it survives a reload at any moment. */
  readonly #unsaved: Drafts;
  readonly #texts = shallowReactive(new Map<string, string>());
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Where somebody has typed since they came to the composer. */
  #writingId: string | undefined;

  constructor(sdk: DraftClient, unsaved: Drafts) {
    this.#sdk = sdk;
    this.#unsaved = unsaved;
    sdk.on('draft', ({ conversationId }) => this.#heard(conversationId));
    sdk.on('me', (me) => (me === undefined ? this.#forget() : this.#handOverLeft(me.userId)));
  }

  /** Reactive. */
  text(conversationId: string): string {
    return this.#texts.get(conversationId) ?? this.#sdk.draft(conversationId);
  }

  /** Somebody typed. */
  write(conversationId: string, text: string): void {
    this.#writingId = conversationId;
    this.#texts.set(conversationId, text);
    this.#unsaved.set(conversationId, text);
    clearTimeout(this.#timers.get(conversationId));
    this.#timers.set(
      conversationId,
      setTimeout(() => this.#handOver(conversationId), HANDOVER_DELAY_MS),
    );
  }

  /** The text was sent: no device needs it any more. */
  sent(conversationId: string): void {
    this.#texts.set(conversationId, '');
    this.#handOver(conversationId);
  }

  /** Nobody is writing here any more: what was typed is handed over, and what came meanwhile is shown. */
  blurred(conversationId: string): void {
    if (this.#writingId === conversationId) this.#writingId = undefined;
    if (this.#timers.has(conversationId)) this.#handOver(conversationId);
    this.#heard(conversationId);
  }

  /** The page may be gone in a moment: hands everything over, and keeps what may not get there. */
  leaving(): void {
    for (const conversationId of this.#timers.keys()) {
      this.#sdk.setDraft(conversationId, asDraft(this.text(conversationId)));
    }
  }

  #handOver(conversationId: string): void {
    clearTimeout(this.#timers.get(conversationId));
    this.#timers.delete(conversationId);
    this.#sdk.setDraft(conversationId, asDraft(this.text(conversationId)));
    this.#unsaved.set(conversationId, '');
  }

  #heard(conversationId: string): void {
    const heard = this.#sdk.draft(conversationId);
    const isWriting = this.#writingId === conversationId && this.text(conversationId) !== '';
    // What was sent or given up elsewhere is not left here to be sent again.
    if (this.#timers.has(conversationId) || (isWriting && heard !== '')) return;
    this.#texts.set(conversationId, heard);
  }

  /** What the page had not handed over when it was left. */
  #handOverLeft(userId: string): void {
    for (const conversationId of this.#unsaved.conversations()) {
      if (belongsTo(conversationId, userId)) this.#sdk.setDraft(conversationId, this.#unsaved.get(conversationId));
      this.#unsaved.set(conversationId, '');
    }
    // Whoever asked before the device's store was read got nothing.
    for (const conversationId of this.#texts.keys()) this.#heard(conversationId);
  }

  #forget(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#texts.clear();
    this.#unsaved.clear();
  }
}

/** White space alone is no draft. */
const asDraft = (text: string) => (text.trim() === '' ? '' : text);

export const draftsKey: InjectionKey<DraftKeeper> = Symbol('drafts');
