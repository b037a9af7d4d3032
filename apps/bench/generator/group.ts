import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { GroupMember, type PlayedGroup } from '../client/group-member.ts';
import { GroupTally } from '../measure/group-tally.ts';
import { Meter } from '../measure/meter.ts';
import type { GroupOrder, GroupResult, Report } from '../run/orders.ts';
import { bodyOf } from './body.ts';
import { connectAll, keepAlive } from './connecting.ts';

const WARM_UP_MS = 3_000;
const MS_PER_SECOND = 1_000;
/** Devices gather what they say of a group for so long. */
const STATE_INTERVAL_MS = 1_000;
const STATE_SLICES = 50;
/** What is not delivered by then counts as lost. */
const DRAIN_DEADLINE_MS = 20_000;
const POLL_MS = 50;

/** Members of groups write in turn, and everybody gets everything: warm-up, measured window, drain, verdict. */
export async function playGroup(order: GroupOrder, report: (what: Report) => void): Promise<void> {
  const meter = new Meter();
  const failure = Promise.withResolvers<never>();
  const onFailure = (reason: string) => failure.reject(new Error(reason));
  const members = order.accounts.map((account) => new GroupMember(account, onFailure));
  const groups = order.groups.map(
    (group) =>
      new Round(
        group.conversationId,
        group.members.flatMap((at) => members[at] ?? []),
        meter,
        order,
      ),
  );
  const result = run(order, members, groups, meter, report);
  report({ name: 'group-finished', result: await Promise.race([result, failure.promise]) });
}

async function run(
  order: GroupOrder,
  members: readonly GroupMember[],
  groups: readonly Round[],
  meter: Meter,
  report: (what: Report) => void,
): Promise<GroupResult> {
  await connectAll(members.length, async (index) => members[index]?.connect(order.target, index));
  keepAlive(members.map(({ session }) => session));
  report({ name: 'connected' });
  let slice = 0;
  const stating = setInterval(() => {
    slice = (slice + 1) % STATE_SLICES;
    for (let at = slice; at < members.length; at += STATE_SLICES) members[at]?.stateDelivered();
  }, STATE_INTERVAL_MS / STATE_SLICES);
  for (const group of groups) group.start();

  await wait(WARM_UP_MS);
  report({ name: 'window-opened' });
  const utilizationBefore = performance.eventLoopUtilization();
  const openedMs = performance.now();
  const deliveriesBefore = sum(groups, ({ tally }) => tally.deliveries);
  const messagesBefore = sum(groups, ({ tally }) => tally.messages);
  meter.recording = true;
  await wait(order.seconds * MS_PER_SECOND);
  meter.recording = false;
  const seconds = (performance.now() - openedMs) / MS_PER_SECOND;
  const deliveries = sum(groups, ({ tally }) => tally.deliveries) - deliveriesBefore;
  const messages = sum(groups, ({ tally }) => tally.messages) - messagesBefore;
  const { utilization } = performance.eventLoopUtilization(utilizationBefore);
  report({ name: 'window-closed' });

  for (const group of groups) group.stop();
  for (
    let waitedMs = 0;
    waitedMs < DRAIN_DEADLINE_MS && groups.some((group) => group.missing > 0);
    waitedMs += POLL_MS
  ) {
    await wait(POLL_MS);
  }
  clearInterval(stating);
  return {
    deliveriesPerSecond: deliveries / seconds,
    messagesPerSecond: messages / seconds,
    latencyMs: meter.latency.percentiles(),
    receiptsPerSecond: meter.receipts / seconds,
    sent: sum(groups, ({ tally }) => tally.messages),
    lost: sum(groups, ({ missing }) => missing),
    gaps: sum(groups, ({ tally }) => tally.gaps),
    repeats: sum(groups, ({ tally }) => tally.repeats),
    generatorUtilization: utilization,
  };
}

/** A group whose members write one after another, `window` messages at a time. */
class Round implements PlayedGroup {
  readonly conversationId: string;
  readonly tally: GroupTally;
  readonly #members: readonly GroupMember[];
  readonly #window: number;
  readonly #body: Uint8Array;
  #next = 0;
  #isGoing = false;

  constructor(
    conversationId: string,
    members: readonly GroupMember[],
    meter: Meter,
    { window, bodyBytes }: GroupOrder,
  ) {
    this.conversationId = conversationId;
    this.tally = new GroupTally(conversationId.slice(-4), meter);
    this.#members = members;
    this.#window = window;
    this.#body = bodyOf(bodyBytes);
    for (const member of members) member.join(this);
  }

  /** Deliveries that have not come: everybody but the sender gets each message. */
  get missing(): number {
    return this.tally.messages * (this.#members.length - 1) - this.tally.deliveries;
  }

  start(): void {
    this.#isGoing = true;
    for (let count = 0; count < this.#window; count++) this.acknowledged();
  }

  stop(): void {
    this.#isGoing = false;
  }

  acknowledged(): void {
    if (!this.#isGoing) return;
    const member = this.#members[this.#next % this.#members.length];
    this.#next += 1;
    member?.write(this, this.#body, performance.now());
  }
}

const sum = (groups: readonly Round[], of: (group: Round) => number): number =>
  groups.reduce((total, group) => total + of(group), 0);
