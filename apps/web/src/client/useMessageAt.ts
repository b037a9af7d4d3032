import type { Message } from '@hongyan/sdk';
import { onScopeDispose, shallowRef, watch } from 'vue';
import { useClient } from './useClient.ts';

/** One message by its place; undefined while it is not here, or when it cannot be read. */
export function useMessageAt(conversationId: string, seq: () => number | undefined) {
  const { sdk } = useClient();
  const message = shallowRef<Message>();
  let close: (() => void) | undefined;

  function open(at: number | undefined): void {
    close?.();
    close = undefined;
    message.value = undefined;
    if (at === undefined) return;
    const timeline = sdk.openTimeline(conversationId, { at: { seq: at } });
    const show = () => {
      message.value = timeline.messages.find((candidate) => candidate.seq === at);
    };
    timeline.onChange(show);
    close = () => timeline.close();
    timeline.ready.then(() => timeline.loadNewer(1)).then(show, () => {});
  }
  watch(seq, open, { immediate: true });
  onScopeDispose(() => close?.());

  return message;
}
