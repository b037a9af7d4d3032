import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type Command,
  type ConversationChange,
  EntryKind,
  encodeAsking,
  encodeConversationChange,
  encodeText,
  Feature,
  type GroupPolicy,
  Joining,
  ReceiptStage,
  recordKey,
} from '@hongyan/protocol';
import { Asking } from '../client/asking.ts';
import { Histogram } from '../measure/histogram.ts';
import type { GreatGroupOrder, Report } from '../run/orders.ts';
import { connectAll, keepAlive } from './connecting.ts';

const FEATURES = [Feature.RECEIPTS];
const LINK_CODE = 'great-group-link';
const PAGE = 100;
/** What receipts are gathered for, with room. */
const SETTLED_MS = 3_000;
const DEADLINE_MS = 30_000;

type CommandBody = NonNullable<Command['body']>;

/** Does everything people do in a great group, one thing at a time, and measures each. */
export async function playGreatGroup(order: GreatGroupOrder, report: (what: Report) => void): Promise<void> {
  const stage = new Stage(order, (reason) => report({ name: 'failed', reason }));
  await stage.open();
  report({ name: 'connected' });
  for (const newcomer of stage.newcomers) await playRound(stage, newcomer);
  report({ name: 'great-group-finished', result: stage.result() });
}

async function playRound(stage: Stage, newcomer: Asking): Promise<void> {
  const { conversationId, names } = stage.order;
  const { owner } = stage;
  const seq = await stage.told('send', stage.nextWriter(), messageTo(conversationId));
  stage.everybodyRead(seq);
  await wait(SETTLED_MS);
  const receivers = (stage: ReceiptStage): CommandBody => ({
    case: 'fetchReceivers',
    value: { conversationId, seq, stage, after: '', limit: PAGE },
  });
  await stage.asked('read counts of a message', owner, {
    case: 'fetchReceiptCounts',
    value: { conversationId, seqs: [seq] },
  });
  await stage.asked(`who read it, ${PAGE}`, owner, receivers(ReceiptStage.READ));
  await stage.asked(`who has it not, ${PAGE}`, owner, receivers(ReceiptStage.MISSING));
  const members = (query: string): CommandBody => ({
    case: 'fetchMembers',
    value: { conversationId, query, after: '', limit: PAGE },
  });
  await stage.asked(`members, ${PAGE}`, owner, members(''));
  await stage.asked('search of a name that all have', owner, members(names.all));
  await stage.asked('search of a name that few have', owner, members(names.few));
  await stage.asked('search of a name that nobody has', owner, members('nobody of this name'));
  await stage.asked('the conversation as on opening', owner, {
    case: 'fetchConversation',
    value: { conversationId, limit: PAGE },
  });
  await stage.told('join by link', newcomer, askingToJoin(conversationId));
  const userIds = [newcomer.account.userId];
  await stage.told('remove', owner, changeOf(conversationId, { case: 'membersRemoved', value: { userIds } }));
  await stage.told('add', owner, changeOf(conversationId, { case: 'membersAdded', value: { userIds } }));
  await stage.told('leave', newcomer, changeOf(conversationId, { case: 'left', value: {} }));
}

/** The owner, other members who are online, and those who come and go. */
class Stage {
  readonly order: GreatGroupOrder;
  readonly newcomers: readonly Asking[];
  readonly #online: readonly Asking[];
  readonly #times = new Map<string, Histogram>();
  #lastSeq = 0;
  #turn = 0;
  /** What everybody has to be told of: how many do not know yet. */
  #awaited: { seq: number | undefined; told: number; all: () => void } | undefined;

  constructor(order: GreatGroupOrder, onFailure: (reason: string) => void) {
    this.order = order;
    const onEntry = ({ seq }: { seq: number }) => this.#onEntry(seq);
    this.#online = order.online.map((account) => new Asking({ account, onEntry, onFailure }));
    this.newcomers = order.newcomers.map((account) => new Asking({ account, onEntry: () => undefined, onFailure }));
  }

  get owner(): Asking {
    const [owner] = this.#online;
    if (owner === undefined) throw new Error('nobody is online');
    return owner;
  }

  async open(): Promise<void> {
    const everybody = [...this.#online, ...this.newcomers];
    const { target, conversationId } = this.order;
    const sessions = everybody.map(() => undefined as Awaited<ReturnType<Asking['connect']>> | undefined);
    keepAlive(sessions);
    await connectAll(everybody.length, async (index) => {
      sessions[index] = await everybody[index]?.connect(target, index, FEATURES);
    });
    await this.owner.ask(changeOf(conversationId, { case: 'linkCode', value: LINK_CODE }));
    await this.told(
      'change of the policy',
      this.owner,
      changeOf(conversationId, { case: 'policy', value: OPEN_POLICY }),
    );
  }

  nextWriter(): Asking {
    this.#turn += 1;
    return this.#online[this.#turn % this.#online.length] ?? this.owner;
  }

  /** Measures until the answer is there, and until all others who are online know. Answers with the entry's place. */
  async told(what: string, who: Asking, body: CommandBody): Promise<number> {
    const startedMs = performance.now();
    const all = Promise.withResolvers<void>();
    // Who does it is answered instead of being told.
    const told = this.#online.includes(who) ? 1 : 0;
    this.#awaited = { seq: undefined, told, all: all.resolve };
    const late = AbortSignal.timeout(DEADLINE_MS);
    late.onabort = () => all.reject(new Error(`${what}: not all were told`));
    await this.asked(what, who, body);
    await all.promise;
    late.onabort = null;
    this.#record(`${what}: all know it`, startedMs);
    return this.#lastSeq;
  }

  async asked(what: string, who: Asking, body: CommandBody): Promise<void> {
    const startedMs = performance.now();
    await who.ask(body);
    this.#record(what, startedMs);
  }

  everybodyRead(seq: number): void {
    const { conversationId } = this.order;
    const value = { conversationId, deliveredSeq: seq, readSeq: seq };
    for (const member of this.#online) member.say({ case: 'advanceCursor', value });
  }

  result(): Record<string, ReturnType<Histogram['percentiles']>> {
    return Object.fromEntries([...this.#times].map(([what, times]) => [what, times.percentiles()]));
  }

  #record(what: string, startedMs: number): void {
    const times = this.#times.get(what) ?? new Histogram();
    this.#times.set(what, times);
    times.recordMs(performance.now() - startedMs);
  }

  #onEntry(seq: number): void {
    this.#lastSeq = Math.max(this.#lastSeq, seq);
    const awaited = this.#awaited;
    if (awaited === undefined) return;
    awaited.seq ??= seq;
    if (seq !== awaited.seq) return;
    awaited.told += 1;
    if (awaited.told === this.#online.length) awaited.all();
  }
}

/** As of a new group, but that its link lets everybody in. */
const OPEN_POLICY: GroupPolicy = {
  membersInvite: true,
  membersMentionAll: false,
  membersPin: true,
  membersEdit: true,
  joining: Joining.OPEN,
  question: '',
  answer: '',
  historyForNewcomers: true,
  muted: false,
  receiptsHidden: false,
};

const messageTo = (conversationId: string): CommandBody => ({
  case: 'sendMessage',
  value: { conversationId, clientMessageId: randomUUID(), clientTimeMs: Date.now(), body: encodeText('To all of you') },
});

const changeOf = (conversationId: string, change: ConversationChange['change']): CommandBody => ({
  case: 'changeConversation',
  value: {
    ...{ conversationId, clientMessageId: randomUUID(), clientTimeMs: Date.now() },
    ...{ kind: EntryKind.CONVERSATION_CHANGED, header: undefined, body: encodeConversationChange({ change }) },
  },
});

function askingToJoin(conversationId: string): CommandBody {
  const key = recordKey({ kind: 'asking', conversationId });
  const value = encodeAsking({ linkCode: LINK_CODE, text: '' });
  return { case: 'setRecord', value: { record: { key, changedAtMs: Date.now(), value } } };
}
