import type { Message } from '@hongyan/sdk';
import { onScopeDispose, type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue';
import { useClient } from './useClient.ts';

const PAGE_MESSAGES = 100;

export type OlderState = 'idle' | 'loading' | 'failed';

export interface OpenTimeline {
  readonly messages: Readonly<ShallowRef<readonly Message[]>>;
  readonly hasOlder: Readonly<Ref<boolean>>;
  readonly older: Readonly<Ref<OlderState>>;
  /** Adds a page of older messages; does nothing while one is under way or when there are none. */
  loadOlder(count?: number): Promise<void>;
  markRead(): void;
}

/** Opens a conversation's timeline for as long as the component lives. */
export function useTimeline(conversationId: string): OpenTimeline {
  const { sdk, connection } = useClient();
  const timeline = sdk.openTimeline(conversationId);
  const messages = shallowRef(timeline.messages);
  const hasOlder = ref(timeline.hasOlder);
  const older = ref<OlderState>('idle');

  timeline.onChange(() => {
    messages.value = timeline.messages;
    hasOlder.value = timeline.hasOlder;
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

  return { messages, hasOlder, older, loadOlder, markRead: () => timeline.markRead() };
}
