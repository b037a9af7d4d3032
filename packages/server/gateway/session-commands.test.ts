import { StoreError } from '@hongyan/core';
import { DEFAULT_LIMITS, directConversationId, ErrorCode, PLAIN_PING } from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import { anna, testId, withBoris } from '../testing/people.ts';

let world: GatewayWorld;

beforeEach(async () => {
  world = await GatewayWorld.create();
});

describe('commands', () => {
  test('[SES-6] an unknown command is refused and the session goes on', async () => {
    const peer = await world.online('anna');
    peer.say(2, undefined);
    peer.say(3, { case: 'ping', value: PLAIN_PING });
    await settle();
    expect(peer.errorOf(2)).toBe(ErrorCode.UNKNOWN_COMMAND);
    expect(peer.replies(3)).toMatchObject([{ case: 'pong' }]);
  });

  test('[SES-5] id 0 is for AdvanceCursor only, and gets no answer there', async () => {
    const peer = await world.online('anna');
    peer.send(0, 'no id');
    peer.send(2, 'one');
    await settle();
    peer.say(0, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 1, readSeq: 0 } });
    await settle();
    expect(peer.replies(0)).toMatchObject([{ case: 'error', value: { code: ErrorCode.INVALID_ARGUMENT } }]);
  });

  test('[SES-8] too many unanswered commands are refused, the others answered', async () => {
    const peer = await world.online('anna');
    const count = DEFAULT_LIMITS.commandsInFlightMax + 5;
    for (let n = 0; n < count; n++) peer.send(100 + n, 'x');
    await settle();
    const errors = Array.from({ length: count }, (_, n) => peer.errorOf(100 + n));
    expect(errors.filter((code) => code === ErrorCode.OVERLOADED)).toHaveLength(5);
    expect(errors.filter((code) => code === undefined)).toHaveLength(count - 5);
  });

  test('[LOG-2] a second send with the same id gets the first answer, also while the first is under way', async () => {
    const peer = await world.online('anna');
    const other = await world.online('boris');
    peer.send(2, 'once', 'same');
    peer.send(3, 'once', 'same');
    await settle();
    peer.send(4, 'once', 'same');
    await settle();
    expect(peer.replies(3)).toEqual(peer.replies(2));
    expect(peer.replies(4)).toEqual(peer.replies(2));
    expect(new Set(other.pushes('entry').map(({ seq }) => seq))).toEqual(new Set([1]));
    expect(await world.store.log.head(withBoris)).toMatchObject({ lastSeq: 1 });
  });

  test('[LOG-4] nobody appends to or reads from a conversation of others', async () => {
    const writer = await world.online('anna');
    writer.send(2, 'secret');
    const stranger = await world.online('carla');
    stranger.send(2, 'let me in');
    stranger.say(3, {
      case: 'fetchEntries',
      value: { conversationId: withBoris, afterSeq: 0, beforeSeq: 0, limit: 10 },
    });
    stranger.say(4, { case: 'fetchConversation', value: { conversationId: withBoris, limit: 10 } });
    stranger.say(5, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 1, readSeq: 1 } });
    await settle();
    for (const command of [2, 3, 4, 5]) expect(stranger.errorOf(command)).toBe(ErrorCode.FORBIDDEN);
    expect(stranger.pushes('entry')).toEqual([]);
  });

  test('[LOG-4] a direct conversation needs two accounts that exist', async () => {
    const peer = await world.online('anna');
    peer.send(2, 'anybody?', 'm', directConversationId(anna.userId, testId('u', 9)));
    await settle();
    expect(peer.errorOf(2)).toBe(ErrorCode.NOT_FOUND);
  });

  test('[LOG-5] what is too large, empty or impossible is refused and nothing is written', async () => {
    const peer = await world.online('anna');
    peer.send(2, 'x'.repeat(DEFAULT_LIMITS.bodyBytesMax + 1));
    peer.send(3, '');
    peer.send(4, 'x', '');
    peer.send(5, 'x', '鸿'.repeat(30));
    peer.send(6, 'x', 'm', 'direct.nobody');
    peer.send(7, 'x', 'm\0');
    await settle();
    expect([2, 3, 4, 5, 6, 7].map((command) => peer.errorOf(command))).toEqual([
      ErrorCode.LIMIT_EXCEEDED,
      ErrorCode.INVALID_ARGUMENT,
      ErrorCode.INVALID_ARGUMENT,
      ErrorCode.LIMIT_EXCEEDED,
      ErrorCode.INVALID_ARGUMENT,
      ErrorCode.INVALID_ARGUMENT,
    ]);
    expect(await world.store.log.head(withBoris)).toBeUndefined();
  });

  test('[LOG-6] a page is contiguous, ascending and never longer than the limit', async () => {
    const peer = await world.online('anna');
    for (let n = 1; n <= 250; n++) peer.send(1_000 + n, `text ${n}`);
    await settle();
    peer.say(2, {
      case: 'fetchEntries',
      value: { conversationId: withBoris, afterSeq: 10, beforeSeq: 0, limit: 100_000 },
    });
    peer.say(3, { case: 'fetchEntries', value: { conversationId: withBoris, afterSeq: 0, beforeSeq: 50, limit: 3 } });
    await settle();
    const page = (command: number) => {
      const body = peer.replies(command)[0];
      return body?.case === 'entryPage' ? body.value.entries.map(({ seq }) => seq) : [];
    };
    expect(page(2)).toEqual(Array.from({ length: DEFAULT_LIMITS.pageEntriesMax }, (_, index) => 11 + index));
    expect(page(3)).toEqual([47, 48, 49]);
  });

  test('[LOG-1] when the store cannot commit, the sender is told to try later and nobody gets the message', async () => {
    world = new GatewayWorld({
      ...world.store,
      log: { ...world.store.log, append: async () => Promise.reject(new StoreError('unavailable', 'disk')) },
    });
    const peer = await world.online('anna');
    const other = await world.online('boris');
    peer.send(2, 'lost?');
    await settle();
    expect(peer.errorOf(2)).toBe(ErrorCode.UNAVAILABLE);
    expect(other.pushes('entry')).toEqual([]);
  });

  test('[LOG-3] messages of one connection enter the log in their order, also while the conversation is being loaded', async () => {
    const peer = await world.online('anna');
    for (let n = 2; n < 30; n++) peer.send(n, `text ${n}`);
    await settle();
    const seqs = Array.from({ length: 28 }, (_, index) => peer.replies(index + 2)[0]).map((body) =>
      body?.case === 'messageSent' ? body.value.seq : 0,
    );
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  });
});
