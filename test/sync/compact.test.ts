import {
  type Command,
  type ConversationId,
  DEFAULT_LIMITS,
  decodeServerFrame,
  directConversationId,
  EntryKind,
  encodeCommand,
  idFromBytes,
  type ServerFrame,
  splitFrames,
} from '@hongyan/protocol';
import { Engine } from '@hongyan/sdk/engine';
import type { EngineEffect, EngineEvent } from '@hongyan/sdk/engine/types';
import { createMemoryStore } from '@hongyan/server/adapters/store/memory/index.ts';
import { expect, test } from 'vitest';
import { GatewayWorld } from '../../packages/server/testing/gateway-world.ts';
import { anna } from '../../packages/server/testing/people.ts';

// The real engine and the real gateway, with so many conversations that most are stated by digests.

const peerOf = (n: number) =>
  idFromBytes(
    'u',
    new Uint8Array(16)
      .fill(20)
      .with(0, n % 32)
      .with(1, Math.floor(n / 32)),
  );
const withPeer = (n: number): ConversationId => directConversationId(anna.userId, peerOf(n));
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Anna’s device: an engine whose store keeps everything at once, on a line to the gateway. */
class Line {
  readonly engine = new Engine({ clientName: 'test' });
  readonly world: GatewayWorld;
  readonly frames: ServerFrame[] = [];
  readonly commands: Command[] = [];
  #session: ReturnType<GatewayWorld['gateway']['accept']> | undefined;
  #connectionId = 0;

  constructor(world: GatewayWorld) {
    this.world = world;
  }

  tell(event: EngineEvent): void {
    for (const effect of this.engine.handle(event, { nowMs: this.world.clock.now(), random: 0.5 })) this.#do(effect);
  }

  start(): void {
    const snapshot = { userSeq: 0, conversations: [], outbox: [], records: [] };
    this.tell({ type: 'signedIn', account: anna, snapshot });
  }

  /** The network goes away; the server is told, the client comes back at once. */
  cut(): void {
    this.#session?.connectionLost();
    this.tell({ type: 'transportClosed', connectionId: this.#connectionId, code: 1006, reason: '', retryAfterMs: 0 });
    this.frames.length = 0;
    this.commands.length = 0;
  }

  async online(): Promise<void> {
    if (this.engine.connection().status === 'offline') this.tell({ type: 'timerFired', name: 'reconnect' });
    const connectionId = this.#connectionId;
    this.#session = this.world.gateway.accept({
      bufferedBytes: 0,
      write: (bytes) => {
        const frames = Array.from(splitFrames(bytes, DEFAULT_LIMITS.frameBytesMax), decodeServerFrame);
        this.frames.push(...frames);
        setImmediate(() => this.tell({ type: 'framesReceived', connectionId, frames }));
      },
      close: () => {},
    });
    this.tell({ type: 'transportOpened', connectionId, accessToken: 'anna' });
    await this.rest();
  }

  /** Time passes until the next sign of life. */
  async heartbeat(): Promise<void> {
    this.world.clock.advance(40_000);
    this.tell({ type: 'timerFired', name: 'heartbeat' });
    await this.rest();
  }

  async rest(): Promise<void> {
    for (let turns = 0; turns < 200; turns++) await turn();
  }

  pushes(kind: string): number {
    return this.frames.filter(({ frame }) => frame?.case === 'push' && frame.value.body?.case === kind).length;
  }

  #do(effect: EngineEffect): void {
    switch (effect.type) {
      case 'connect':
        this.#connectionId = effect.connectionId;
        return;
      case 'send':
        this.commands.push(...effect.commands);
        this.#session?.receive(effect.commands.map(encodeCommand));
        return;
      case 'persist':
        setImmediate(() => this.tell({ type: 'persisted', batchId: effect.batchId }));
        return;
      default:
    }
  }
}

async function worldOf(conversations: number) {
  const store = createMemoryStore();
  const names = { displayName: '', statusLine: '', passwordHash: '', createdAtMs: 0 };
  await store.accounts.createUser({ userId: anna.userId, handle: 'anna', ...names });
  for (let n = 0; n < conversations; n++)
    await store.accounts.createUser({ userId: peerOf(n), handle: `p${n}`, ...names });
  const world = new GatewayWorld(store);
  const write = async (n: number, text: string) => {
    await store.log.append({
      conversationId: withPeer(n),
      members: [anna.userId, peerOf(n)],
      kind: EntryKind.MESSAGE,
      senderId: peerOf(n),
      clientMessageId: text,
      clientTimeMs: 1,
      serverTimeMs: world.clock.now() + n,
      body: new TextEncoder().encode(text),
    });
  };
  for (let n = 0; n < conversations; n++) await write(n, `first ${n}`);
  return { world, write };
}

test('[SYN-9, SYN-20] of 300 conversations those that changed are brought, found by their buckets', async () => {
  const { world, write } = await worldOf(300);
  const line = new Line(world);
  line.start();
  await line.online();
  expect(line.engine.connection()).toMatchObject({ status: 'online' });
  expect(line.engine.conversations()).toHaveLength(300);
  for (let n = 0; n < 2; n++) await line.heartbeat();
  line.cut();
  world.clock.advance(70_000);
  for (const n of [3, 44, 299]) await write(n, `second ${n}`);
  await line.online();
  expect(line.pushes('conversationUpdate')).toBe(3);
  for (const n of [3, 44, 299]) expect(line.engine.position(withPeer(n))).toMatchObject({ toSeq: 2, durableToSeq: 2 });
  expect(line.commands.filter(({ body }) => body?.case === 'statePositions')).toHaveLength(1);
});

test('[SES-11, CON-8] a line that is cut and comes back at once goes on with its session, and compares nothing', async () => {
  const { world } = await worldOf(40);
  const line = new Line(world);
  line.start();
  await line.online();
  const conversationId = withPeer(7);
  for (const [cuts, id] of ['m1', 'm2', 'm3'].entries()) {
    line.cut();
    line.tell({ type: 'messageComposed', conversationId, clientMessageId: id, body: new Uint8Array([cuts]) });
    await line.online();
    const welcome = line.frames.map(({ frame }) => frame?.value.body).find((body) => body?.case === 'welcome');
    expect(welcome?.value).toMatchObject({ resumed: true });
    expect(line.pushes('conversationUpdate')).toBe(0);
    expect(line.engine.outbox()).toEqual([]);
    expect(line.engine.position(conversationId)).toMatchObject({ toSeq: 2 + cuts });
  }
});

test('[SES-14, SYN-22] the ping of a device that holds everything finds no difference, one that missed a push finds it', async () => {
  const { world, write } = await worldOf(40);
  const line = new Line(world);
  line.start();
  await line.online();
  const said = (kind: string) => line.commands.filter(({ body }) => body?.case === kind).length;
  for (let n = 0; n < 3; n++) await line.heartbeat();
  expect(said('ping')).toBe(3);
  expect(said('synchronise')).toBe(0);
  await write(12, 'its push was lost');
  for (let n = 0; n < 3; n++) await line.heartbeat();
  expect(said('synchronise')).toBe(1);
  expect(line.engine.position(withPeer(12))).toMatchObject({ toSeq: 2, durableToSeq: 2 });
});
