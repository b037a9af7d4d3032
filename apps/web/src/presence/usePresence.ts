import type { Presence } from '@hongyan/sdk';
import { type ComputedRef, computed, onScopeDispose, watch } from 'vue';
import { useClient } from '../client/useClient.ts';

/** How somebody is to be shown, asked for as long as the component lives. */
export function usePresence(userId: () => string | undefined): ComputedRef<Presence | undefined> {
  const { sdk, presence } = useClient();
  let unwatch: (() => void) | undefined;
  watch(
    userId,
    (id) => {
      const before = unwatch;
      unwatch = id === undefined ? undefined : sdk.watch({ people: [id] });
      before?.();
    },
    { immediate: true },
  );
  onScopeDispose(() => unwatch?.());
  return computed(() => {
    const id = userId();
    return id === undefined ? undefined : presence(id);
  });
}
