import { type Clock, type Identity, type Logger, type Store, StoreError } from '@hongyan/core';
import {
  CloseCode,
  type Command,
  DEFAULT_LIMITS,
  decodeServerFrame,
  directConversationId,
  ErrorCode,
  encodeCommand,
  idFromBytes,
  PROTOCOL_VERSION,
  type Push,
  type Reply,
  type ServerFrame,
  splitFrames,
} from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { createInProcessBus } from '../adapters/bus/inprocess/bus.ts';
import { createMemoryStore } from '../adapters/store/memory/index.ts';
import { createLogic, type Logic } from '../logic/index.ts';
import type { Connection } from './connection.ts';
import { Gateway } from './gateway.ts';
import { SEND_QUEUE_BYTES_MAX } from './send-queue.ts';
import type { Session } from './session.ts';

const id = (prefix: string, n: number) => idFromBytes(prefix, new Uint8Array(16).fill(n));
const anna: Identity = { userId: id('u', 1), deviceId: id('d', 1) };
const annasPhone: Identity = { userId: anna.userId, deviceId: id('d', 2) };
const boris: Identity = { userId: id('u', 2), deviceId: id('d', 3) };
const carla: Identity = { userId: id('u', 3), deviceId: id('d', 4) };
const identities: Record<string, Identity> = { anna, annasPhone, boris, carla };
const withBoris = directConversationId(anna.userId, boris.userId);
const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** Time that stands still until a test moves it. */
class ManualClock implements Clock {
  #now = 1_000_000;
  #timers: { atMs: number; task: () => void }[] = [];

  now = () => this.#now;

  schedule(delayMs: number, task: () => void): () => void {
    const timer = { atMs: this.#now + delayMs, task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers.filter(({ atMs }) => atMs <= end).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.atMs);
      next.task();
    }
    this.#now = end;
  }
}

/** The client's end of a connection without a network. */
class Peer implements Connection {
  bufferedBytes = 0;
  closedWith: CloseCode | undefined;
  readonly frames: ServerFrame[] = [];
  readonly session: Session | undefined;

  constructor(gateway: Gateway) {
    this.session = gateway.accept(this);
  }

  write(bytes: Uint8Array): void {
    for (const frame of splitFrames(bytes, DEFAULT_LIMITS.frameBytesMax)) this.frames.push(decodeServerFrame(frame));
  }

  close(code: CloseCode): void {
    this.closedWith = code;
  }

  say(commandId: number, body: Command['body']): void {
    this.session?.receive([encodeCommand({ id: commandId, body })]);
  }

  hello(
    token: string,
    hello: { version?: number; positions?: [string, number, number, number][]; userSeq?: number } = {},
  ) {
    const positions = (hello.positions ?? []).map(([conversationId, seq, readSeq, cursorSum]) => ({
      conversationId,
      seq,
      readSeq,
      cursorSum,
    }));
    const { version = PROTOCOL_VERSION, userSeq = 0 } = hello;
    this.say(1, {
      case: 'hello',
      value: { protocolVersion: version, features: [1], accessToken: token, client: 'test', userSeq, positions },
    });
  }

  send(commandId: number, text: string, messageId = `m${commandId}`, conversationId = withBoris): void {
    const body = new TextEncoder().encode(text);
    this.say(commandId, {
      case: 'sendMessage',
      value: { conversationId, clientMessageId: messageId, clientTimeMs: 5, body },
    });
  }

  replies(commandId: number): NonNullable<Reply['body']>[] {
    return this.frames.flatMap(({ frame }) =>
      frame?.case === 'reply' && frame.value.id === commandId && frame.value.body ? [frame.value.body] : [],
    );
  }

  pushes<C extends NonNullable<Push['body']>['case']>(
    kind: C,
  ): Extract<NonNullable<Push['body']>, { case: C }>['value'][] {
    return this.frames.flatMap(({ frame }) =>
      frame?.case === 'push' && frame.value.body?.case === kind ? [frame.value.body.value as never] : [],
    );
  }

  errorOf(commandId: number): ErrorCode | undefined {
    const body = this.replies(commandId)[0];
    return body?.case === 'error' ? body.value.code : undefined;
  }
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

let clock: ManualClock;
let store: Store;
let logic: Logic;
let gateway: Gateway;

function serve(on: Store): void {
  const bus = createInProcessBus();
  logic = createLogic({ store: on, bus, clock, logger: silent });
  let sessions = 0;
  gateway = new Gateway({
    logic,
    bus,
    clock,
    logger: silent,
    authenticator: { authenticate: async (token) => identities[token] },
    random: { bytes: (count) => new Uint8Array(count).fill(++sessions) },
    defer: queueMicrotask,
  });
}

async function online(token: string, hello = {}): Promise<Peer> {
  const peer = new Peer(gateway);
  peer.hello(token, hello);
  await settle();
  return peer;
}

beforeEach(async () => {
  clock = new ManualClock();
  store = createMemoryStore();
  for (const [handle, { userId }] of Object.entries({ anna, boris, carla })) {
    await store.accounts.createUser({
      ...{ userId, handle, displayName: handle, statusLine: '', passwordHash: '', createdAtMs: 0 },
    });
  }
  serve(store);
});

describe('handshake', () => {
  test('[SES-4] Welcome states version, identity, known features and limits; Synced follows', async () => {
    const peer = await online('anna');
    const [welcome] = peer.replies(1);
    expect(welcome).toMatchObject({
      case: 'welcome',
      value: { ...anna, protocolVersion: 1, features: [1], limits: DEFAULT_LIMITS },
    });
    expect(peer.pushes('synced')).toHaveLength(1);
  });

  test('[SES-1] another first command closes, and so does silence', async () => {
    const early = new Peer(gateway);
    early.say(1, { case: 'ping', value: {} });
    expect(early.closedWith).toBe(CloseCode.OUT_OF_TURN);
    const silentPeer = new Peer(gateway);
    clock.advance(9_000);
    expect(silentPeer.closedWith).toBeUndefined();
    clock.advance(5_000);
    expect(silentPeer.closedWith).toBe(CloseCode.HANDSHAKE_TIMEOUT);
  });

  test('[SES-1] a second Hello is refused and changes nothing', async () => {
    const peer = await online('anna');
    peer.say(7, {
      case: 'hello',
      value: { protocolVersion: 1, features: [], accessToken: 'boris', client: '', userSeq: 0, positions: [] },
    });
    await settle();
    expect(peer.errorOf(7)).toBe(ErrorCode.OUT_OF_TURN);
    expect(peer.session?.identity).toMatchObject(anna);
  });

  test('[SES-2] an unknown version closes', async () => {
    const peer = await online('anna', { version: 99 });
    expect(peer.closedWith).toBe(CloseCode.UNSUPPORTED_VERSION);
  });

  test('[SES-3, FRM-6] a forged token closes, with Closing as the only frame', async () => {
    const peer = await online('nobody');
    expect(peer.closedWith).toBe(CloseCode.UNAUTHENTICATED);
    expect(peer.frames).toHaveLength(1);
    expect(peer.pushes('closing')).toMatchObject([{ code: CloseCode.UNAUTHENTICATED }]);
  });

  test('[SES-5] commands sent along with Hello wait for it and are answered in order', async () => {
    const peer = new Peer(gateway);
    peer.hello('anna');
    peer.send(2, 'first');
    peer.send(3, 'second');
    await settle();
    expect(peer.replies(2)).toMatchObject([{ case: 'messageSent', value: { seq: 1 } }]);
    expect(peer.replies(3)).toMatchObject([{ case: 'messageSent', value: { seq: 2 } }]);
  });
});

describe('commands', () => {
  test('[SES-6] an unknown command is refused and the session goes on', async () => {
    const peer = await online('anna');
    peer.say(2, undefined);
    peer.say(3, { case: 'ping', value: {} });
    await settle();
    expect(peer.errorOf(2)).toBe(ErrorCode.UNKNOWN_COMMAND);
    expect(peer.replies(3)).toMatchObject([{ case: 'pong' }]);
  });

  test('[SES-5] id 0 is for AdvanceCursor only, and gets no answer there', async () => {
    const peer = await online('anna');
    peer.send(0, 'no id');
    peer.send(2, 'one');
    await settle();
    peer.say(0, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 1, readSeq: 0 } });
    await settle();
    expect(peer.replies(0)).toMatchObject([{ case: 'error', value: { code: ErrorCode.INVALID_ARGUMENT } }]);
  });

  test('[SES-8] too many unanswered commands are refused, the others answered', async () => {
    const peer = await online('anna');
    const count = DEFAULT_LIMITS.commandsInFlightMax + 5;
    for (let n = 0; n < count; n++) peer.send(100 + n, 'x');
    await settle();
    const errors = Array.from({ length: count }, (_, n) => peer.errorOf(100 + n));
    expect(errors.filter((code) => code === ErrorCode.OVERLOADED)).toHaveLength(5);
    expect(errors.filter((code) => code === undefined)).toHaveLength(count - 5);
  });

  test('[LOG-2] a second send with the same id gets the first answer, also while the first is under way', async () => {
    const peer = await online('anna');
    const other = await online('boris');
    peer.send(2, 'once', 'same');
    peer.send(3, 'once', 'same');
    await settle();
    peer.send(4, 'once', 'same');
    await settle();
    expect(peer.replies(3)).toEqual(peer.replies(2));
    expect(peer.replies(4)).toEqual(peer.replies(2));
    expect(new Set(other.pushes('entry').map(({ seq }) => seq))).toEqual(new Set([1]));
    expect(await store.log.head(withBoris)).toMatchObject({ lastSeq: 1 });
  });

  test('[LOG-4] nobody appends to or reads from a conversation of others', async () => {
    const writer = await online('anna');
    writer.send(2, 'secret');
    const stranger = await online('carla');
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
    const peer = await online('anna');
    peer.send(2, 'anybody?', 'm', directConversationId(anna.userId, id('u', 9)));
    await settle();
    expect(peer.errorOf(2)).toBe(ErrorCode.NOT_FOUND);
  });

  test('[LOG-5] what is too large, empty or impossible is refused and nothing is written', async () => {
    const peer = await online('anna');
    peer.send(2, 'x'.repeat(DEFAULT_LIMITS.bodyBytesMax + 1));
    peer.send(3, '');
    peer.send(4, 'x', '');
    peer.send(5, 'x', '鸿'.repeat(30));
    peer.send(6, 'x', 'm', 'direct.nobody');
    await settle();
    expect([2, 3, 4, 5, 6].map((command) => peer.errorOf(command))).toEqual([
      ErrorCode.LIMIT_EXCEEDED,
      ErrorCode.INVALID_ARGUMENT,
      ErrorCode.INVALID_ARGUMENT,
      ErrorCode.LIMIT_EXCEEDED,
      ErrorCode.INVALID_ARGUMENT,
    ]);
    expect(await store.log.head(withBoris)).toBeUndefined();
  });

  test('[LOG-6] a page is contiguous, ascending and never longer than the limit', async () => {
    const peer = await online('anna');
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
    serve({
      ...store,
      log: { ...store.log, append: async () => Promise.reject(new StoreError('unavailable', 'disk')) },
    });
    const peer = await online('anna');
    const other = await online('boris');
    peer.send(2, 'lost?');
    await settle();
    expect(peer.errorOf(2)).toBe(ErrorCode.UNAVAILABLE);
    expect(other.pushes('entry')).toEqual([]);
  });

  test('[LOG-3] messages of one connection enter the log in their order, also while the conversation is being loaded', async () => {
    const peer = await online('anna');
    for (let n = 2; n < 30; n++) peer.send(n, `text ${n}`);
    await settle();
    const seqs = Array.from({ length: 28 }, (_, index) => peer.replies(index + 2)[0]).map((body) =>
      body?.case === 'messageSent' ? body.value.seq : 0,
    );
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  });
});

describe('pushes', () => {
  test('[LOG-1, RCP-4] an entry goes to all devices of both but the sending one; a receipt likewise', async () => {
    const [sender, phone, recipient] = [await online('anna'), await online('annasPhone'), await online('boris')];
    sender.send(2, 'hello');
    await settle();
    expect(sender.pushes('entry')).toHaveLength(0);
    for (const peer of [phone, recipient])
      expect(peer.pushes('entry')).toMatchObject([{ seq: 1, senderId: anna.userId }]);
    recipient.say(0, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 1, readSeq: 0 } });
    clock.advance(10);
    await settle();
    for (const peer of [sender, phone]) {
      expect(peer.pushes('receipt')).toMatchObject([{ userId: boris.userId, deliveredSeq: 1, readSeq: 0 }]);
    }
  });

  test('[RCP-3] a cursor beyond the end of the log stops at the end', async () => {
    const [sender, recipient] = [await online('anna'), await online('boris')];
    sender.send(2, 'hello');
    await settle();
    recipient.say(3, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 500, readSeq: 400 } });
    await settle();
    clock.advance(10);
    await settle();
    expect(recipient.replies(3)).toMatchObject([{ case: 'done' }]);
    expect(sender.pushes('receipt')).toMatchObject([{ deliveredSeq: 1, readSeq: 1 }]);
  });

  test('[SES-9] a reader that takes nothing is closed as too slow, others notice nothing', async () => {
    const [sender, slow, recipient] = [await online('anna'), await online('annasPhone'), await online('boris')];
    slow.bufferedBytes = SEND_QUEUE_BYTES_MAX;
    sender.send(2, 'hello');
    await settle();
    expect(slow.closedWith).toBe(CloseCode.SLOW_READER);
    expect(recipient.pushes('entry')).toHaveLength(1);
  });
});

describe('sync', () => {
  const update = (peer: Peer) =>
    peer.pushes('conversationUpdate').map(({ state, entries }) => ({
      lastSeq: state?.lastSeq,
      unread: state?.unreadCount,
      seqs: entries.map(({ seq }) => seq),
    }));

  async function threeMessages(): Promise<void> {
    const peer = await online('anna');
    for (const command of [2, 3, 4]) peer.send(command, `text ${command}`);
    await settle();
    peer.session?.connectionLost();
  }

  test('[SYN-1, SYN-2, RCP-5] an unknown conversation comes with its newest page; own messages are not unread', async () => {
    await threeMessages();
    expect(update(await online('boris'))).toEqual([{ lastSeq: 3, unread: 3, seqs: [1, 2, 3] }]);
    expect(update(await online('anna'))).toEqual([{ lastSeq: 3, unread: 0, seqs: [1, 2, 3] }]);
  });

  test('[SYN-2] a stated position is answered with the entries after it, before Synced', async () => {
    await threeMessages();
    const peer = await online('boris', { positions: [[withBoris, 1, 0, 0]] });
    expect(update(peer)).toEqual([{ lastSeq: 3, unread: 3, seqs: [2, 3] }]);
    expect(peer.frames.at(-1)?.frame?.value).toMatchObject({ body: { case: 'synced' } });
  });

  test('[SYN-1] a device that holds everything is told nothing', async () => {
    await threeMessages();
    const first = await online('boris');
    first.say(0, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 3, readSeq: 3 } });
    await settle();
    expect(update(await online('boris', { positions: [[withBoris, 3, 3, 6]] }))).toEqual([]);
  });

  test('[SYN-5] the user log after the stated position is pushed', async () => {
    await threeMessages();
    const before = await online('boris');
    const position = before.pushes('synced')[0]?.userSeq ?? 0;
    expect(position).toBeGreaterThan(0);
    before.say(0, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 3, readSeq: 2 } });
    await settle();
    await logic.drain();
    const after = await online('boris', { userSeq: position });
    expect(after.pushes('userEvent')).toMatchObject([
      { seq: position + 1, event: { case: 'readMoved', value: { conversationId: withBoris, readSeq: 2 } } },
    ]);
  });

  test('[SES-4, SYN-2] a backlog of the greatest messages does not make its reader a slow one', async () => {
    const writer = await online('anna');
    for (let n = 0; n < 80; n++) writer.send(100 + n, 'x'.repeat(DEFAULT_LIMITS.bodyBytesMax));
    await settle();
    const reader = await online('boris');
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

  test('[SYN-7] a position beyond the log is answered with the state', async () => {
    await threeMessages();
    expect(update(await online('boris', { positions: [[withBoris, 9, 0, 0]] }))).toEqual([
      { lastSeq: 3, unread: 3, seqs: [] },
    ]);
  });

  test('[RCP-6] cursors lost in a crash come back from the position in Hello', async () => {
    await threeMessages();
    serve(store);
    const sender = await online('anna');
    await online('boris', { positions: [[withBoris, 3, 2, 5]] });
    clock.advance(10);
    await settle();
    expect(sender.pushes('receipt')).toMatchObject([{ userId: boris.userId, deliveredSeq: 3, readSeq: 2 }]);
  });
});

describe('end', () => {
  test('[SES-7] a connection that says nothing is closed; one that pings is not', async () => {
    const [quiet, alive] = [await online('anna'), await online('boris')];
    for (let n = 0; n < 4; n++) {
      clock.advance(20_000);
      alive.say(10 + n, { case: 'ping', value: {} });
    }
    expect(quiet.closedWith).toBe(CloseCode.HEARTBEAT_TIMEOUT);
    expect(alive.closedWith).toBeUndefined();
  });

  test('[SES-5] an AdvanceCursor with id 0 that is refused gets no answer', async () => {
    const stranger = await online('carla');
    stranger.say(0, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 1, readSeq: 1 } });
    stranger.say(5, { case: 'ping', value: {} });
    await settle();
    expect(stranger.replies(0)).toEqual([]);
    expect(stranger.replies(5)).toMatchObject([{ case: 'pong' }]);
  });

  test('[RCP-4] two devices that move one cursor together both hear of the whole', async () => {
    const [sender, desk, phone] = [await online('boris'), await online('anna'), await online('annasPhone')];
    for (const command of [2, 3, 4]) sender.send(command, 'x');
    await settle();
    desk.say(0, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 3, readSeq: 0 } });
    phone.say(0, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 0, readSeq: 2 } });
    clock.advance(10);
    await settle();
    for (const peer of [sender, desk, phone]) {
      expect(peer.pushes('receipt')).toMatchObject([{ userId: anna.userId, deliveredSeq: 3, readSeq: 2 }]);
    }
  });

  test('[SES-10] drain answers what was taken, then closes everybody with GOING_AWAY', async () => {
    const release: (() => void)[] = [];
    const append: Store['log']['append'] = async (request) => {
      await new Promise<void>((resolve) => release.push(resolve));
      return store.log.append(request);
    };
    serve({ ...store, log: { ...store.log, append } });
    const [busy, idle] = [await online('anna'), await online('boris')];
    busy.send(2, 'last words');
    await settle();
    const drained = gateway.drain(5_000);
    expect(idle.closedWith).toBe(CloseCode.GOING_AWAY);
    expect(busy.closedWith).toBeUndefined();
    busy.send(3, 'too late');
    for (const go of release) go();
    await drained;
    await settle();
    expect(busy.replies(2)).toMatchObject([{ case: 'messageSent' }]);
    expect(busy.errorOf(3)).toBe(ErrorCode.UNAVAILABLE);
    expect(busy.closedWith).toBe(CloseCode.GOING_AWAY);
  });

  test('[A1] a signed-out device is closed, the account’s others are not', async () => {
    const [desk, phone] = [await online('anna'), await online('annasPhone')];
    gateway.revoke(anna.userId, annasPhone.deviceId);
    expect(phone.closedWith).toBe(CloseCode.SESSION_REVOKED);
    expect(desk.closedWith).toBeUndefined();
  });
});
