import { DEFAULT_LIMITS } from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import type { Peer } from '../testing/peer.ts';
import { boris, withBoris } from '../testing/people.ts';

let world: GatewayWorld;

beforeEach(async () => {
  world = await GatewayWorld.create();
});

describe('sync', () => {
  const update = (peer: Peer) =>
    peer.pushes('conversationUpdate').map(({ state, entries }) => ({
      lastSeq: state?.lastSeq,
      unread: state?.unreadCount,
      seqs: entries.map(({ seq }) => seq),
    }));

  async function threeMessages(): Promise<void> {
    const peer = await world.online('anna');
    for (const command of [2, 3, 4]) peer.send(command, `text ${command}`);
    await settle();
    peer.session?.connectionLost();
  }

  test('[SYN-1, SYN-2, RCP-5] an unknown conversation comes with its newest page; own messages are not unread', async () => {
    await threeMessages();
    expect(update(await world.online('boris'))).toEqual([{ lastSeq: 3, unread: 3, seqs: [1, 2, 3] }]);
    expect(update(await world.online('anna'))).toEqual([{ lastSeq: 3, unread: 0, seqs: [1, 2, 3] }]);
  });

  test('[SYN-2] a stated position is answered with the entries after it, before Synced', async () => {
    await threeMessages();
    const peer = await world.online('boris', { positions: [[withBoris, 1, 0, 0]] });
    expect(update(peer)).toEqual([{ lastSeq: 3, unread: 3, seqs: [2, 3] }]);
    expect(peer.frames.at(-1)?.frame?.value).toMatchObject({ body: { case: 'synced' } });
  });

  test('[SYN-1] a device that holds everything is told nothing', async () => {
    await threeMessages();
    const first = await world.online('boris');
    first.say(0, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 3, readSeq: 3 } });
    await settle();
    expect(update(await world.online('boris', { positions: [[withBoris, 3, 3, 6]] }))).toEqual([]);
  });

  test('[SYN-5] the user log after the stated position is pushed', async () => {
    await threeMessages();
    const before = await world.online('boris');
    const position = before.pushes('synced')[0]?.userSeq ?? 0;
    expect(position).toBeGreaterThan(0);
    before.say(0, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 3, readSeq: 2 } });
    await settle();
    await world.logic.drain();
    const after = await world.online('boris', { userSeq: position });
    expect(after.pushes('userEvent')).toMatchObject([
      { seq: position + 1, event: { case: 'readMoved', value: { conversationId: withBoris, readSeq: 2 } } },
    ]);
  });

  test('[SES-4, SYN-2] a backlog of the greatest messages does not make its reader a slow one', async () => {
    const writer = await world.online('anna');
    for (let n = 0; n < 80; n++) writer.send(100 + n, 'x'.repeat(DEFAULT_LIMITS.bodyBytesMax));
    await settle();
    const reader = await world.online('boris');
    const [first] = update(reader);
    expect(reader.closedWith).toBeUndefined();
    expect(reader.pushes('synced')).toHaveLength(1);
    expect(first).toMatchObject({ lastSeq: 80, unread: 80 });
    expect(first?.seqs.at(-1)).toBe(80);
    reader.say(7, {
      case: 'fetchEntries',
      value: { conversationId: withBoris, afterSeq: 0, beforeSeq: 0, limit: DEFAULT_LIMITS.pageEntriesMax },
    });
    await settle();
    const page = reader.replies(7)[0];
    expect(page?.case === 'entryPage' && page.value.entries[0]?.seq).toBe(1);
    expect(page?.case === 'entryPage' && page.value.entries.length).toBeGreaterThan(0);
  });

  test('[SYN-2] what follows the stated position comes whole when it is one page, else its newest page does', async () => {
    const writer = await world.online('anna');
    for (let n = 1; n <= 60; n++) writer.send(100 + n, 'x');
    await settle();
    const [page] = update(await world.online('boris', { positions: [[withBoris, 10, 0, 0]] }));
    expect(page?.seqs).toEqual(Array.from({ length: 50 }, (_, index) => 11 + index));
    const [newest] = update(await world.online('boris', { positions: [[withBoris, 9, 0, 0]] }));
    expect(newest?.seqs).toEqual(Array.from({ length: 50 }, (_, index) => 11 + index));
    const [few] = update(await world.online('boris', { positions: [[withBoris, 58, 0, 0]] }));
    expect(few?.seqs).toEqual([59, 60]);
  });

  test('[SYN-2] a page cut by its bytes is the newest one too', async () => {
    const writer = await world.online('anna');
    for (let n = 1; n <= 20; n++) writer.send(100 + n, 'x'.repeat(DEFAULT_LIMITS.bodyBytesMax));
    await settle();
    const [page] = update(await world.online('boris', { positions: [[withBoris, 1, 0, 0]] }));
    expect(page?.seqs.at(-1)).toBe(20);
    expect(page?.seqs.at(0)).toBeGreaterThan(10);
  });

  test('[SYN-7] a position beyond the log is answered with the state', async () => {
    await threeMessages();
    expect(update(await world.online('boris', { positions: [[withBoris, 9, 0, 0]] }))).toEqual([
      { lastSeq: 3, unread: 3, seqs: [] },
    ]);
  });

  test('[RCP-6] cursors lost in a crash come back from the position in Hello', async () => {
    await threeMessages();
    world = new GatewayWorld(world.store);
    const sender = await world.online('anna');
    await world.online('boris', { positions: [[withBoris, 3, 2, 5]] });
    world.clock.advance(10);
    await settle();
    expect(sender.pushes('receipt')).toMatchObject([{ userId: boris.userId, deliveredSeq: 3, readSeq: 2 }]);
  });
});
