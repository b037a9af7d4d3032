import { computed, type MaybeRefOrGetter, shallowReactive, toValue, type WritableComputedRef } from 'vue';
import { createDrafts } from './drafts.ts';

const stored = createDrafts(localStorage);
const texts = shallowReactive(new Map<string, string>());
for (const conversationId of stored.conversations()) texts.set(conversationId, stored.get(conversationId));

/** The draft of a conversation, the same wherever it is shown, kept on this device. */
export function useDraft(conversationId: MaybeRefOrGetter<string>): WritableComputedRef<string> {
  return computed({
    get: () => texts.get(toValue(conversationId)) ?? '',
    set(text) {
      texts.set(toValue(conversationId), text);
      stored.set(toValue(conversationId), text);
    },
  });
}

export function eraseDrafts(): void {
  texts.clear();
  stored.clear();
}
