import { type Content, EntryKind, encodeContent, encodeText } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { AppWorld } from '../../testing/app-world.ts';

const bundleOf = (content: Uint8Array): Uint8Array => {
  const messages = [{ senderId: 'u1', senderName: 'Ana', timeMs: 5, content }];
  const kind: Content['kind'] = { case: 'bundle', value: { title: 'Yesterday', messages } };
  return encodeContent({ kind, replyToSeq: 0 });
};

/** What is read of messages with these bodies, whatever their clients put into them. */
async function read(...bodies: Uint8Array[]) {
  const world = await AppWorld.create();
  const conversationId = await world.group();
  for (const [at, body] of bodies.entries()) {
    const named = { conversationId, senderId: world.ids.ana ?? '', clientMessageId: `m${at}` };
    await world.store.log.append({
      ...named,
      kind: EntryKind.MESSAGE,
      clientTimeMs: 1,
      serverTimeMs: 1,
      body,
      members: [],
    });
  }
  const { status, body } = await world.call('GET', `conversations/${conversationId}/messages?afterSeq=1`);
  expect(status).toBe(200);
  return body.messages.map(({ content }: { content: object }) => content);
}

test('[API-3, C4] forwarded bundles are read with what is in them, and previews with the text they belong to', async () => {
  const preview = { url: 'https://a.example', title: 'A', description: '', siteName: '' };
  const withPreview = encodeContent({ kind: { case: 'text', value: { text: 'look', preview } }, replyToSeq: 0 });
  expect(await read(bundleOf(bundleOf(encodeText('deep'))), withPreview)).toEqual([
    {
      kind: 'bundle',
      title: 'Yesterday',
      messages: [
        {
          ...{ senderId: 'u1', senderName: 'Ana', timeMs: 5 },
          content: {
            ...{ kind: 'bundle', title: 'Yesterday' },
            messages: [{ senderId: 'u1', senderName: 'Ana', timeMs: 5, content: { kind: 'text', text: 'deep' } }],
          },
        },
      ],
    },
    { kind: 'text', text: 'look', preview },
  ]);
});

test('[API-3, P9] bytes that are no content, and bundles without an end, do not keep a page from being read', async () => {
  let deep = encodeText('too deep');
  for (let levels = 0; levels < 500; levels++) deep = bundleOf(deep);
  const [nonsense, nothing, bundle] = await read(
    Uint8Array.of(255, 255, 255),
    encodeContent({ kind: undefined, replyToSeq: 1 }),
    deep,
  );
  expect([nonsense, nothing]).toEqual([{ kind: 'unknown' }, { kind: 'unknown' }]);
  expect(JSON.stringify(bundle)).not.toContain('too deep');
});
