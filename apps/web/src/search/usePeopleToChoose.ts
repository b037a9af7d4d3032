import { computed, type Ref, shallowRef, watch } from 'vue';
import { isGroup, peerOf } from '../client/conversationIds.ts';
import { useClient } from '../client/useClient.ts';
import { useName } from '../client/useName.ts';

const MEMBERS_MAX = 200;

/** Those whose messages may be looked for: of a conversation its members, else those one writes with; oneself first. */
export function usePeopleToChoose(conversationId: () => string | undefined): Ref<{ id: string; name: string }[]> {
  const { sdk, me, conversations, connection } = useClient();
  const { personName } = useName();
  const members = shallowRef<readonly string[]>([]);

  async function load(groupId: string): Promise<void> {
    // Without them there is oneself to choose, and whoever is asked for once the server is there again.
    const page = await sdk.members(groupId, { limit: MEMBERS_MAX }).catch(() => undefined);
    if (page !== undefined && groupId === conversationId()) members.value = page.members.map(({ userId }) => userId);
  }
  watch(
    [conversationId, () => connection.value.status === 'online'],
    ([id, isOnline]) => {
      if (id !== undefined && isGroup(id) && isOnline) void load(id);
    },
    { immediate: true },
  );

  return computed(() => {
    const id = conversationId();
    const myId = me.value?.userId ?? '';
    const others =
      id === undefined
        ? conversations.value.flatMap(({ peerId }) => peerId ?? [])
        : isGroup(id)
          ? members.value
          : [peerOf(id, myId) ?? myId];
    return [...new Set([myId, ...others])].map((userId) => ({ id: userId, name: personName(userId) }));
  });
}
