import type { Lifetime } from '@hongyan/sdk';
import { shallowReactive } from 'vue';

// Until the page is left: what burns is a mood of a conversation, no setting of it.
const chosen = shallowReactive(new Map<string, Lifetime>());

/** How long the messages live that are written from now on, for each conversation; undefined: as the conversation says. */
export function useLifetimes() {
  return {
    lifetimeOf: (conversationId: string): Lifetime | undefined => chosen.get(conversationId),
    choose(conversationId: string, lifetime: Lifetime | undefined): void {
      if (lifetime === undefined) chosen.delete(conversationId);
      else chosen.set(conversationId, lifetime);
    },
  };
}
