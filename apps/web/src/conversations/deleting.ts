import { readonly, ref } from 'vue';
import { useClient } from '../client/useClient.ts';
import { useNavigation } from '../client/useNavigation.ts';

/** What was deleted last and can still be brought back; `id` tells one deletion from the next. */
export interface Deletion {
  id: number;
  conversationId: string;
}

const last = ref<Deletion>();
let deletions = 0;

/** Deletes conversations for this account, and takes it back. */
export function useDeleting() {
  const { sdk } = useClient();
  const { openId, close } = useNavigation();

  async function remove(id: string): Promise<void> {
    deletions += 1;
    last.value = { id: deletions, conversationId: id };
    sdk.clearConversation(id);
    if (openId.value === id) close();
    // The focus was on something that is gone. By the next task the list is shown without it, and the menu has closed.
    await new Promise((resolve) => setTimeout(resolve));
    document.querySelector<HTMLElement>('[data-conversation-index][tabindex="0"]')?.focus();
  }

  function undo(): void {
    if (last.value !== undefined) sdk.restoreConversation(last.value.conversationId);
    last.value = undefined;
  }

  function forget(): void {
    last.value = undefined;
  }

  return { last: readonly(last), remove, undo, forget };
}
