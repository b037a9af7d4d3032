import type { ChosenPresence, Presence, PresenceAudience, PresenceChoice } from '@hongyan/sdk';
import { computed } from 'vue';
import { useClient } from '../client/useClient.ts';
import { useNow } from '../ui/useNow.ts';

const STATES: Record<PresenceChoice, Presence['state']> = {
  available: 'online',
  away: 'away',
  'do-not-disturb': 'do-not-disturb',
  invisible: 'offline',
};

/** What the account chose to be shown as, on all its devices; a choice that has ended is none. */
export function useOwnPresence() {
  const { sdk, setting } = useClient();
  const now = useNow(10_000);

  const chosen = computed((): ChosenPresence => {
    // Read for its being reactive; the SDK knows what the value says.
    setting('presence');
    const { choice, untilMs } = sdk.chosenPresence;
    return untilMs !== undefined && untilMs <= now.value
      ? { choice: 'available', untilMs: undefined }
      : { choice, untilMs };
  });

  return {
    chosen,
    /** As others see it while somebody is at the device. */
    state: computed(() => STATES[chosen.value.choice]),
    choose: (choice: PresenceChoice, untilMs?: number) => sdk.setPresence(choice, untilMs),
    audience: computed({
      get: (): PresenceAudience => {
        setting('presence-visible');
        return sdk.presenceAudience;
      },
      set: (audience) => sdk.setPresenceAudience(audience),
    }),
  };
}
