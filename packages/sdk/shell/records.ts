import {
  type ConversationId,
  decodeDraft,
  decodeSetting,
  encodeDraft,
  encodeSetting,
  isSettingName,
  type RecordKey,
} from '@hongyan/protocol';
import { readValue } from '../engine/records.ts';
import type { EngineEvent, EngineQueries } from '../engine/types.ts';
import { type ClientEvents, type Notify, SdkError } from '../types.ts';

export interface RecordsParts {
  engine: EngineQueries;
  dispatch: (event: EngineEvent) => void;
  emit: <E extends keyof ClientEvents>(event: E, payload: ClientEvents[E]) => void;
}

/** The account's records as the application uses them. */
export class AccountSettings {
  readonly #parts: RecordsParts;

  constructor(parts: RecordsParts) {
    this.#parts = parts;
  }

  draft(conversationId: ConversationId): string {
    return readValue(this.#parts.engine.record({ kind: 'draft', conversationId }), decodeDraft)?.text ?? '';
  }

  setDraft(conversationId: ConversationId, text: string): void {
    const key = { kind: 'draft', conversationId } as const;
    this.#parts.dispatch({ type: 'recordSet', key, value: encodeDraft({ text }) });
  }

  setting(name: string): string | undefined {
    return readValue(this.#parts.engine.record({ kind: 'setting', name }), decodeSetting)?.value;
  }

  setSetting(name: string, value: string): void {
    if (!isSettingName(name)) throw new SdkError('invalid-input', `${name} is not the name of a setting`);
    this.#setOf({ kind: 'setting', name }, value);
  }

  setNotify(conversationId: ConversationId, notify: Notify): void {
    this.#setOf({ kind: 'notify', conversationId }, notify === 'all' ? '' : notify);
  }

  setOnTop(conversationId: ConversationId, onTop: boolean): void {
    this.#setOf({ kind: 'top', conversationId }, onTop ? 'yes' : '');
  }

  #setOf(key: RecordKey, value: string): void {
    this.#parts.dispatch({ type: 'recordSet', key, value: encodeSetting({ value }) });
  }

  /** The engine has another value than before. */
  changed(key: RecordKey): void {
    const { engine, emit } = this.#parts;
    switch (key.kind) {
      case 'draft':
        emit('draft', { conversationId: key.conversationId, text: this.draft(key.conversationId) });
        return;
      case 'setting':
        emit('setting', { name: key.name, value: this.setting(key.name) });
        return;
      case 'friend':
      case 'peer':
      case 'block':
      case 'remark': {
        const contact = engine.contact(key.userId);
        if (contact) emit('contact', contact);
        return;
      }
      case 'asking':
      case 'asked':
        emit('joinRequests', engine.joinRequests());
        return;
      case 'cleared':
      case 'unread':
      case 'notify':
      case 'top':
        return;
    }
  }
}
