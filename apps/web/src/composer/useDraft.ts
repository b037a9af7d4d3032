import { computed, inject, type MaybeRefOrGetter, toValue, type WritableComputedRef } from 'vue';
import { type DraftKeeper, draftsKey } from './draftKeeper.ts';

export function useDrafts(): DraftKeeper {
  const drafts = inject(draftsKey);
  if (drafts === undefined) throw new Error('no drafts were provided');
  return drafts;
}

/** The draft of a conversation, the same wherever it is shown and on all the account's devices. */
export function useDraft(conversationId: MaybeRefOrGetter<string>): WritableComputedRef<string> {
  const drafts = useDrafts();
  return computed({
    get: () => drafts.text(toValue(conversationId)),
    set: (text) => drafts.write(toValue(conversationId), text),
  });
}
