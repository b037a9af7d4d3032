import {
  type ConversationId,
  decodeDraft,
  decodeSetting,
  encodeDraft,
  encodeSetting,
  isSettingName,
  type RecordKey,
} from '@hongyan/protocol';
import type { EngineEvent, EngineQueries } from '../engine/types.ts';
import { type DraftChange, SdkError, type SettingChange } from '../types.ts';

export interface RecordsParts {
  engine: EngineQueries;
  dispatch: (event: EngineEvent) => void;
  draft: (change: DraftChange) => void;
  setting: (change: SettingChange) => void;
}

/** The account's records as the application uses them. */
export class AccountSettings {
  readonly #parts: RecordsParts;

  constructor(parts: RecordsParts) {
    this.#parts = parts;
  }

  draft(conversationId: ConversationId): string {
    return this.#read({ kind: 'draft', conversationId }, (value) => decodeDraft(value).text) ?? '';
  }

  setDraft(conversationId: ConversationId, text: string): void {
    const key = { kind: 'draft', conversationId } as const;
    this.#parts.dispatch({ type: 'recordSet', key, value: encodeDraft({ text }) });
  }

  setting(name: string): string | undefined {
    return this.#read({ kind: 'setting', name }, (value) => decodeSetting(value).value);
  }

  setSetting(name: string, value: string): void {
    if (!isSettingName(name)) throw new SdkError('invalid-input', `${name} is not the name of a setting`);
    this.#parts.dispatch({ type: 'recordSet', key: { kind: 'setting', name }, value: encodeSetting({ value }) });
  }

  /** The engine has another value than before. */
  changed(key: RecordKey): void {
    switch (key.kind) {
      case 'draft':
        this.#parts.draft({ conversationId: key.conversationId, text: this.draft(key.conversationId) });
        return;
      case 'setting':
        this.#parts.setting({ name: key.name, value: this.setting(key.name) });
        return;
      case 'cleared':
      case 'unread':
        return;
    }
  }

  /** What another program wrote and this one cannot read counts as none. */
  #read<T>(key: RecordKey, decode: (value: Uint8Array) => T): T | undefined {
    const value = this.#parts.engine.record(key);
    if (!value) return undefined;
    try {
      return decode(value);
    } catch {
      return undefined;
    }
  }
}
