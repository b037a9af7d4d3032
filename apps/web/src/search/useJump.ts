import { shallowRef } from 'vue';
import { useNavigation } from '../client/useNavigation.ts';

/** A message to be shown in its place; an object of its own for every wish. */
export interface Jump {
  conversationId: string;
  seq: number;
}

const wish = shallowRef<Jump>();

/** Opens conversations at a message, from outside of them. */
export function useJump() {
  const { open } = useNavigation();

  function jumpTo(to: Jump): void {
    wish.value = { ...to };
    open(to.conversationId);
  }

  /** Where a conversation that is opened now begins; each wish counts once. */
  function takeSeq(conversationId: string): number | undefined {
    if (wish.value?.conversationId !== conversationId) return undefined;
    const { seq } = wish.value;
    wish.value = undefined;
    return seq;
  }

  return { wish, jumpTo, takeSeq };
}
