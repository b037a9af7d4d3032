import type { Target } from '../client/link.ts';
import type { Until } from '../client/pace.ts';
import type { Account } from '../client/talker.ts';
import type { Presence } from '../generator/roll-call.ts';
import type { Percentiles } from '../measure/histogram.ts';
import type { Verdict } from '../measure/judge.ts';
import type { MadeGroup } from './groups.ts';

export interface DirectOrder {
  scenario: 'direct';
  target: Target;
  /** One client each; neighbours are a pair. */
  accounts: Account[];
  seconds: number;
  /** Messages of a client that may be under way, */
  window: number;
  /** and how long they are that. */
  until: Until;
  bodyBytes: number;
  /** Messages per second of all clients together; undefined: as fast as the windows allow. */
  rate: number | undefined;
}

/** As `DirectOrder`, of ejabberd. */
export interface EjabberdOrder {
  scenario: 'ejabberd';
  /** Where it takes clients. */
  port: number;
  /** Of accounts `bench0`, `bench1` and so on; neighbours are a pair. */
  clients: number;
  seconds: number;
  /** Messages of a client that may be under way, which they are until acknowledged and delivered. */
  window: number;
  bodyBytes: number;
}

export interface IdleOrder {
  scenario: 'idle';
  target: Target;
  /** Shared evenly by the connections. */
  accounts: Account[];
  clients: number;
}

export interface PresenceOrder {
  scenario: 'presence';
  target: Target;
  /** One connection each; the first half watches the other. */
  accounts: Account[];
  /** How many people each of them watches. */
  watched: number;
}

/** All connections are cut, all gateways are killed and started again, or one of several gateways is killed for good. */
export type StormFault = 'cut' | 'restart' | 'lose';

export interface StormOrder {
  scenario: 'storm';
  target: Target;
  /** Shared evenly by the connections that are cut; neighbours have a conversation. */
  accounts: Account[];
  clients: number;
  bodyBytes: number;
  fault: StormFault;
}

/** Those who write all the time, in a process of their own, so that what they notice is the server's doing. */
export interface WritingOrder {
  scenario: 'writing';
  target: Target;
  /** One connection each; neighbours are a pair. */
  accounts: Account[];
  /** Messages per second of all together. */
  rate: number;
  bodyBytes: number;
}

export interface GroupOrder {
  scenario: 'group';
  target: Target;
  /** One client each. */
  accounts: Account[];
  groups: MadeGroup[];
  seconds: number;
  /** Unanswered messages per group. */
  window: number;
  bodyBytes: number;
}

export interface GreatGroupOrder {
  scenario: 'great-group';
  target: Target;
  /** Members who are online; the first owns the group. */
  online: Account[];
  /** Who are no members, and join by the group's link. */
  newcomers: Account[];
  conversationId: string;
  /** Begins the display names of all members, and of few. */
  names: { all: string; few: string };
  rounds: number;
}

export interface CrowdOrder {
  scenario: 'crowd';
  target: Target;
  /** One connection each; neighbours have a conversation. */
  accounts: Account[];
  /** Messages per second of all together, once they are to write. */
  rate: number;
  bodyBytes: number;
}

/** What the generator process is told to do first. */
export type Order =
  | CrowdOrder
  | GreatGroupOrder
  | GroupOrder
  | DirectOrder
  | EjabberdOrder
  | IdleOrder
  | PresenceOrder
  | StormOrder
  | WritingOrder;

/** What it is told after that. */
export type Cue = { name: 'write' } | { name: 'cut' } | { name: 'phase' } | { name: 'stop' };

/** What pairs did who wrote to each other, whatever server it was. */
export interface TalkResult extends Verdict {
  /** Both delivered and acknowledged: the smaller number of the two. */
  messagesPerSecond: number;
  /** From when a message was due until its recipient had it, */
  latencyMs: Percentiles;
  /** and until its sender knew it was the server's. */
  ackMs: Percentiles;
  /** Share of the measured window in which the generator was busy, 0 to 1. */
  generatorUtilization: number;
}

export interface DirectResult extends TalkResult {
  receipts: number;
  /** Conversations in which a device had to fetch what the push path had lost. */
  gapsFetched: number;
  /** Entries pushed again at their own seq. */
  pushesRepeated: number;
}

export interface CrowdResult {
  written: number;
  /** Messages that the neighbour has not got. */
  undelivered: number;
  /** From when a message was written until its writer knew it in the log, and until the neighbour had it. */
  sentMs: Percentiles;
  arrivedMs: Percentiles;
  /** Connections lost and commands refused; why the last one. */
  failures: number;
  lastFailure: string;
  connected: number;
  generatorUtilization: number;
}

export interface GroupResult {
  deliveriesPerSecond: number;
  messagesPerSecond: number;
  /** From when a message was written until a member had it. */
  latencyMs: Percentiles;
  /** Members' cursors that members were told of. */
  receiptsPerSecond: number;
  sent: number;
  /** Deliveries that never came. */
  lost: number;
  gaps: number;
  repeats: number;
  /** Share of the measured window in which the generator was busy, 0 to 1. */
  generatorUtilization: number;
}

/** What can be done in a group, each with how long it took in milliseconds. */
export type GreatGroupResult = Record<string, Percentiles>;

export interface StormResult {
  /** From the cut until the last client had said Hello and was up to date. */
  allBackMs: number;
  /** Half of them were back after this. */
  halfBackMs: number;
  refused: number;
  /** Attempts that failed for another reason than a refusal. */
  failed: number;
  resumed: number;
  presences: Presence[];
  generatorUtilization: number;
}

export interface PresenceResult {
  /** Until all people were online, and until all who watch them knew it. */
  onlineMs: number;
  allSeenMs: number;
  /** What watchers were pushed, and the presences in it. */
  pushes: number;
  told: number;
}

/** The longest wait of anybody's message that was known to be sent in a span that began then. */
export interface Wait {
  atMs: number;
  longestMs: number;
}

export interface WritingResult extends Verdict {
  /** From when a message was due until the sender knew it in the log: of each phase, which a cue begins. */
  phases: Percentiles[];
  waits: Wait[];
  /** When each phase began, on the clock of the waits. */
  phasesAtMs: number[];
  generatorUtilization: number;
}

/** What the generator process reports, in this order; `failed` ends it at any point. */
export type Report =
  | { name: 'connected' }
  | { name: 'window-opened' }
  | { name: 'window-closed' }
  | { name: 'back'; result: StormResult }
  | { name: 'written'; result: WritingResult }
  | { name: 'finished'; result: DirectResult }
  | { name: 'ejabberd-finished'; result: TalkResult }
  | { name: 'group-finished'; result: GroupResult }
  | { name: 'great-group-finished'; result: GreatGroupResult }
  | { name: 'crowd-finished'; result: CrowdResult }
  | { name: 'presence-finished'; result: PresenceResult }
  | { name: 'failed'; reason: string };
