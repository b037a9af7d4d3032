import { type Member, Role } from '@hongyan/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Engine } from '../engine/engine.ts';
import { Device } from '../engine/testing/device.ts';
import { anna, ben, conversationId, ModelServer } from '../engine/testing/model-server.ts';
import { SdkError, type SdkErrorCode } from '../types.ts';
import { Events } from './events.ts';
import { LiveQuestions } from './live-questions.ts';
import { Questions } from './questions.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What the server has, how often it was asked, and what it fails with. */
class Answers extends Questions {
  count = 250;
  asked = 0;
  fails: SdkErrorCode | undefined;

  constructor() {
    super(new Engine({ clientName: 'test' }), () => {});
  }

  override async members(_: string, { after = '0', limit = 0 }: { after?: string; limit?: number } = {}) {
    this.#ask();
    const [from, to] = [Number(after), Math.min(Number(after) + limit, this.count)];
    const members = Array.from({ length: to - from }, (_member, at) => memberAt(from + at));
    return { members, next: to < this.count ? String(to) : undefined };
  }

  override async receiptCounts(_: string, seqs: readonly number[]) {
    this.#ask();
    return seqs.map((seq) => ({ seq, read: this.count, delivered: 0, missing: 0 }));
  }

  #ask(): void {
    this.asked += 1;
    if (this.fails) throw new SdkError(this.fails, 'as the test wants');
  }
}

const memberAt = (index: number): Member => ({
  ...{ userId: `u${index}`, role: Role.MEMBER, nickname: '', joinedAtMs: 0, mutedUntilMs: 0 },
});

/** In Anna's conversation with Ben, whose cursors move as `server` says. */
async function world() {
  const [server, device, questions] = [new ModelServer(), new Device(), new Answers()];
  server.append(ben, 'm1');
  await device.start();
  device.online(server);
  const events = new Events(() => device.engine.conversations());
  const on: Events['on'] = (event, listener) => events.on(event, listener);
  const live = new LiveQuestions({ engine: device.engine, questions, on });
  const read = () => {
    device.do({ type: 'conversationRead', conversationId });
    device.settle(server);
    events.emit('conversations', device.engine.conversations());
  };
  const online = () => events.emit('connection', { status: 'online', quality: 'good' });
  return { questions, live, read, online };
}

const second = () => vi.advanceTimersByTimeAsync(1_000);

test('[E4, O2] members come page by page, and are asked for again from the top', async () => {
  const { questions, live, online } = await world();
  const members = live.members(conversationId, '');
  expect([members.value.members.length, questions.asked]).toEqual([0, 0]);
  const told: number[] = [];
  const stop = members.onChange(() => told.push(members.value.members.length));
  await second();
  await members.loadMore();
  await Promise.all([members.loadMore(), members.loadMore()]);
  expect([told, members.value.hasMore, questions.asked]).toEqual([[100, 200, 250], false, 3]);
  expect(new Set(members.value.members.map(({ userId }) => userId)).size).toBe(250);
  questions.count = 230;
  online();
  await second();
  expect(told.at(-1)).toBe(230);
  stop();
  online();
  await second();
  expect(questions.asked).toBe(4);
});

test('[D1, P8] receipts are asked for again when one moved, and not more often than once a second', async () => {
  const { questions, live, read } = await world();
  const receipts = live.receipts(conversationId, [1]);
  receipts.onChange(() => {});
  await vi.advanceTimersByTimeAsync(0);
  expect([receipts.value, questions.asked]).toEqual([[{ seq: 1, read: 250, delivered: 0, missing: 0 }], 1]);
  questions.count = 251;
  read();
  read();
  expect(questions.asked).toBe(1);
  await second();
  expect([receipts.value[0]?.read, questions.asked]).toEqual([251, 2]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(questions.asked).toBe(2);
});

test.each([
  ['server', 'more than'],
  ['refused', 'no more than'],
  ['network', 'no more than'],
] as const)('[O2, P8] after an error %s it is asked %s once, until something changes', async (code, how) => {
  const { questions, live, online } = await world();
  const receipts = live.receipts(conversationId, [1]);
  receipts.onChange(() => {});
  questions.fails = code;
  online();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(questions.asked > 2).toBe(how === 'more than');
  expect(questions.asked).toBeLessThan(40);
  questions.fails = undefined;
  online();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(receipts.value).toHaveLength(1);
});

test('[O2] what could not be asked for rejects, and is there for the next time', async () => {
  const { questions, live } = await world();
  const members = live.members(conversationId, anna);
  members.onChange(() => {});
  await second();
  questions.fails = 'network';
  await expect(members.loadMore()).rejects.toMatchObject({ code: 'network' });
  questions.fails = undefined;
  await members.loadMore();
  expect(members.value.members).toHaveLength(200);
});
