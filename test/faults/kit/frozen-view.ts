import type { DeviceView } from '../../../packages/testkit/checkers/index.ts';

/** What a device shows and holds at this moment, copied: whatever becomes of the device. */
export function frozenView(device: DeviceView): DeviceView {
  const { userId, deviceId, engine } = device;
  const conversations = engine.conversations();
  const timelines = new Map(conversations.map(({ id }) => [id, engine.timeline(id)]));
  const shown = [...timelines.values()].flatMap((timeline) => timeline?.messages ?? []);
  const states = new Map(shown.map(({ id, state }) => [id, state]));
  const held = new Map(conversations.map(({ id }) => [id, device.held(id)]));
  const [connection, outbox] = [engine.connection(), engine.outbox()];
  return {
    userId,
    deviceId,
    held: (conversationId) => held.get(conversationId) ?? [],
    engine: {
      connection: () => connection,
      conversations: () => conversations,
      timeline: (conversationId) => timelines.get(conversationId),
      messageState: ({ clientMessageId }) => states.get(clientMessageId),
      outbox: () => outbox,
    },
  };
}
