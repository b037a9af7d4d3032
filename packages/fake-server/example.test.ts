import { createFakeServer } from '@hongyan/fake-server';
import { expect, test, vi } from 'vitest';

test('[O2] the list shows what Ben wrote, also after a time without a network', async () => {
  const server = createFakeServer();
  const anna = await server.person({ displayName: 'Anna' });
  const ben = await server.person({ displayName: 'Ben' });
  const client = await anna.client(); // what createClient gives; hand it to the app under test
  const conversation = ben.conversationWith(anna);

  await ben.sendText(conversation, 'Are you there?');
  await vi.waitFor(() => expect(client.conversations[0]?.unreadCount).toBe(1));

  anna.network.drop();
  const answer = client.sendText(conversation, 'Yes, in a tunnel');
  await ben.sendText(conversation, 'Hello?');
  expect(answer.state.name).toBe('queued');

  anna.network.restore();
  client.reconnectNow();
  await answer.until('sent');
  await vi.waitFor(() => expect(client.conversations[0]?.unreadCount).toBe(2));

  await client.close();
  await server.stop();
});
