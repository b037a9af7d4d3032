import type { Message, TimelinePlace } from '@hongyan/sdk';
import { onScopeDispose, type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue';
import { useClient } from './useClient.ts';

const PAGE_MESSAGES = 100;

export type OlderState = 'idle' | 'loading' | 'failed';

export interface OpenTimeline {
  /** Once it is known where it begins; rejects with SdkError when that could not be found. */
  readonly ready: Promise<void>;
  readonly messages: Readonly<ShallowRef<readonly Message[]>>;
  readonly hasOlder: Readonly<Ref<boolean>>;
  /** The timeline began at a place and has not come to the end. */
  readonly hasNewer: Readonly<Ref<boolean>>;
  readonly older: Readonly<Ref<OlderState>>;
  /** Adds a page of older messages; does nothing while one is under way or when there are none. */
  loadOlder(count?: number): Promise<void>;
  /** As `loadOlder`, towards the end. */
  loadNewer(count?: number): Promise<void>;
  markRead(): void;
}

/** Opens a conversation's timeline for as long as the component lives: at its end, or at a place. */
export function useTimeline(conversationId: string, at?: TimelinePlace): OpenTimeline {
  const { sdk, connection } = useClient();
  const timeline = sdk.openTimeline(conversationId, at === undefined ? {} : { at });
  const messages = shallowRef(timeline.messages);
  const hasOlder = ref(timeline.hasOlder);
  const hasNewer = ref(timeline.hasNewer);
  const older = ref<OlderState>('idle');

  timeline.onChange(() => {
    messages.value = timeline.messages;
    hasOlder.value = timeline.hasOlder;
    hasNewer.value = timeline.hasNewer;
  });
  onScopeDispose(() => timeline.close());
  watch(connection, ({ status }) => {
    if (status === 'online' && older.value === 'failed') void loadOlder();
  });

  async function loadOlder(count = PAGE_MESSAGES): Promise<void> {
    if (older.value === 'loading' || !timeline.hasOlder) return;
    older.value = 'loading';
    try {
      await timeline.loadOlder(count);
      older.value = 'idle';
    } catch {
      older.value = 'failed';
    }
  }

  let isLoadingNewer = false;
  async function loadNewer(count = PAGE_MESSAGES): Promise<void> {
    await timeline.ready.catch(() => {});
    if (isLoadingNewer || !timeline.hasNewer) return;
    isLoadingNewer = true;
    // It is asked for again with the next movement, and when the connection is back.
    await timeline.loadNewer(count).catch(() => {});
    isLoadingNewer = false;
  }

  return {
    ready: timeline.ready,
    messages,
    hasOlder,
    hasNewer,
    older,
    loadOlder,
    loadNewer,
    markRead: () => timeline.markRead(),
  };
}
