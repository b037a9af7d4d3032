/** As much of `Storage` as drafts need. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const prefix = 'hongyan.draft.';
const DRAFT_CHARACTERS_MAX = 20_000;
const DRAFTS_MAX = 100;

export interface Drafts {
  get(conversationId: string): string;
  /** An empty text forgets the draft. Past its bound a draft is not kept: it stays in the open composer only. */
  set(conversationId: string, text: string): void;
  /** The conversations that have one. */
  conversations(): string[];
  clear(): void;
}

/** What was begun to be written, for each conversation, on this device. */
export function createDrafts(storage: DraftStorage): Drafts {
  function conversations(): string[] {
    const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
    return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  }

  function keep(name: string, text: string): void {
    try {
      storage.setItem(name, text);
    } catch {
      // A full storage costs the draft after a reload, not the writing of it.
    }
  }

  return {
    conversations,
    get: (conversationId) => storage.getItem(prefix + conversationId) ?? '',
    set(conversationId, text) {
      const isNew = storage.getItem(prefix + conversationId) === null;
      if (text.trim() === '') storage.removeItem(prefix + conversationId);
      else if (text.length <= DRAFT_CHARACTERS_MAX && (!isNew || conversations().length < DRAFTS_MAX)) {
        keep(prefix + conversationId, text);
      }
    },
    clear() {
      for (const conversationId of conversations()) storage.removeItem(prefix + conversationId);
    },
  };
}
