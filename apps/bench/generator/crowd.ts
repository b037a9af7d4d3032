import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { directConversationId, type Push, type Reply } from '@hongyan/protocol';
import { Session, type SessionListener } from '../client/session.ts';
import type { Account } from '../client/talker.ts';
import { Histogram } from '../measure/histogram.ts';
import type { CrowdOrder, CrowdResult, Report } from '../run/orders.ts';
import { bodyOf } from './body.ts';
import { connectAll, keepAlive } from './connecting.ts';
import { cue } from './cue.ts';

const TICK_MS = 5;
const MS_PER_SECOND = 1_000;
const LAST_DEADLINE_MS = 15_000;

/** One of many, of whom a few write at any moment; neighbours have a conversation. */
class Someone implements SessionListener {
  readonly #account: Account;
  readonly #crowd: Crowd;
  session: Session | undefined;

  constructor(account: Account, crowd: Crowd) {
    this.#account = account;
    this.#crowd = crowd;
  }

  async connect({ target }: CrowdOrder, index: number): Promise<void> {
    this.session = await Session.open(target, index, this.#account.accessToken, this);
  }

  writeTo(other: Someone, id: number, clientMessageId: string, body: Uint8Array): void {
    const conversationId = directConversationId(this.#account.userId, other.#account.userId);
    const value = { conversationId, clientMessageId, clientTimeMs: Date.now(), body };
    this.session?.send({ id, body: { case: 'sendMessage', value } });
    this.session?.flush();
  }

  onReply({ id, body }: Reply): void {
    if (body?.case === 'messageSent') this.#crowd.acknowledged(id);
    else if (body?.case === 'error') this.#crowd.failed(body.value.message);
  }

  onPush({ body }: Push): void {
    if (body?.case === 'entry') this.#crowd.delivered(Number(body.value.clientMessageId));
  }

  onChunkEnd(): void {}

  onEnd({ message }: { message: string }): void {
    this.#crowd.failed(message);
  }
}

/** What is measured of all of them; messages are numbered from 1. */
class Crowd {
  readonly sent = new Histogram();
  readonly arrived = new Histogram();
  readonly writtenAtMs = new Map<number, { atMs: number; isSent: boolean }>();
  written = 0;
  failures = 0;
  lastFailure = '';

  acknowledged(number: number): void {
    const message = this.writtenAtMs.get(number);
    if (message === undefined) return;
    message.isSent = true;
    this.sent.recordMs(performance.now() - message.atMs);
  }

  delivered(number: number): void {
    const message = this.writtenAtMs.get(number);
    if (message === undefined) return;
    this.arrived.recordMs(performance.now() - message.atMs);
    this.writtenAtMs.delete(number);
  }

  failed(reason: string): void {
    this.failures += 1;
    this.lastFailure = reason;
  }
}

/** Signs everybody in, holds the connections, and has some write when told to. */
export async function playCrowd(order: CrowdOrder, report: (what: Report) => void): Promise<void> {
  const crowd = new Crowd();
  const people = order.accounts.map((account) => new Someone(account, crowd));
  const beats = people.map((someone) => ({ beat: () => someone.session?.beat() }));
  keepAlive(beats);
  await connectAll(people.length, async (index) => people[index]?.connect(order, index));
  report({ name: 'connected' });
  await cue('write');
  const before = performance.eventLoopUtilization();
  const body = bodyOf(order.bodyBytes);
  const startMs = performance.now();
  const writing = setInterval(() => {
    const due = ((performance.now() - startMs) * order.rate) / MS_PER_SECOND;
    while (crowd.written < due) writeNext(people, crowd, body);
  }, TICK_MS);
  await cue('stop');
  clearInterval(writing);
  await lastOnes(crowd);
  const { utilization } = performance.eventLoopUtilization(before);
  report({ name: 'crowd-finished', result: resultOf(crowd, people, utilization) });
}

/** What was written last is still under way; what is not there by the deadline counts as undelivered. */
async function lastOnes({ writtenAtMs }: Crowd): Promise<void> {
  for (let waitedMs = 0; waitedMs < LAST_DEADLINE_MS && writtenAtMs.size > 0; waitedMs += TICK_MS) await wait(TICK_MS);
}

/** Somebody else each time, going round. */
function writeNext(people: readonly Someone[], crowd: Crowd, body: Uint8Array): void {
  crowd.written += 1;
  const number = crowd.written;
  const at = (number * 7_919) % people.length;
  const [writer, other] = [people[at], people[at ^ 1]];
  if (writer === undefined || other === undefined) return;
  crowd.writtenAtMs.set(number, { atMs: performance.now(), isSent: false });
  writer.writeTo(other, number, String(number), body);
}

function resultOf(crowd: Crowd, people: readonly Someone[], generatorUtilization: number): CrowdResult {
  return {
    written: crowd.written,
    undelivered: crowd.writtenAtMs.size,
    sentMs: crowd.sent.percentiles(),
    arrivedMs: crowd.arrived.percentiles(),
    failures: crowd.failures,
    lastFailure: crowd.lastFailure,
    connected: people.filter(({ session }) => session !== undefined).length,
    generatorUtilization,
  };
}
