import type { ConversationChange, ConversationId, RecordKey } from '@hongyan/protocol';
import type { Side } from '../faults/link.ts';
import type { CrashPoint } from '../faults/store.ts';
import type { Weather } from './weather.ts';

/**
 * All that a seed decides before a run begins, as data. Devices, weather and steps are the plan's parts: each can be left
 * out without changing what the others do, which is what makes a failing run small (see shrink/).
 */
export interface Plan {
  seed: number;
  /** Names of people; their accounts exist from the beginning. */
  people: readonly string[];
  /** Names of more people, who have an account and no device here. */
  acquaintances: readonly string[];
  /** How long faults go on. */
  faultyMs: number;
  pageEntriesMax: number;
  /** One that does everything, or several that a broker connects. */
  nodes: readonly NodePlan[];
  devices: readonly DevicePlan[];
  weather: readonly Weather[];
  /** Ascending by time. */
  steps: readonly Step[];
}

/** A process of the server. */
export interface NodePlan {
  name: string;
  isGateway: boolean;
  isLogic: boolean;
  /** How far its clock is from the truth. */
  skewMs: number;
}

export interface DevicePlan {
  kind: 'device';
  name: string;
  owner: string;
  /** The device that this is a second tab of; '' for a device of its own. */
  tabOf: string;
  /** 0: it is there from the beginning; it may also be new, or only come back late. */
  startsAtMs: number;
  /** How far its clock is from the truth at the beginning, and how much it gains in a second. */
  skewMs: number;
  driftMsPerS: number;
}

/** Who of the two learns that their connection is gone. */
export type Noticing = readonly Side[];

/** What a person does at a device. On a device that is off, or was left out of the plan, nothing happens. */
export type Deed =
  | { kind: 'write'; device: string; conversationId: ConversationId; text: string }
  | { kind: 'open'; device: string; conversationId: ConversationId }
  | { kind: 'close'; device: string; conversationId: ConversationId }
  | { kind: 'scroll-back'; device: string; conversationId: ConversationId }
  | { kind: 'mark-unread'; device: string; conversationId: ConversationId }
  /** Changes something that the account keeps alike on all its devices. */
  | { kind: 'set-record'; device: string; key: RecordKey; text: string }
  /** Has what is there not shown any more on any of the account's devices, or shown again (REC-8). */
  | { kind: 'clear'; device: string; conversationId: ConversationId }
  | { kind: 'restore'; device: string; conversationId: ConversationId }
  /** Has a conversation and its people on the screen, and nothing else (PRS-10). */
  | { kind: 'look'; device: string; conversationId: ConversationId }
  | { kind: 'type'; device: string; conversationId: ConversationId; name: 'typing' | 'recording' | 'stopped' }
  /** Nobody is at the device, or somebody is again. */
  | { kind: 'rest'; device: string; isIdle: boolean }
  /** Tries everything again that failed. */
  | { kind: 'try-again'; device: string }
  | Saying
  | Amending
  | { kind: 'pin' | 'unpin'; device: string; conversationId: ConversationId; back: number }
  /** Asks for a change of a group, or of a direct conversation, whether or not the person may do that. */
  | { kind: 'change'; device: string; conversationId: ConversationId; change: GroupChange }
  | { kind: 'relate'; device: string; person: string; what: Relating };

/** Writes a message that is more than its text. */
export interface Saying {
  kind: 'say';
  device: string;
  conversationId: ConversationId;
  text: string;
  /** Names of people, or `all`. */
  mentions: readonly string[];
  /** 0: it stays. */
  lifetimeMs: number;
  livesFromRead: boolean;
  /** It answers the message that is so many from the newest, as all `back` are counted; 0: none. */
  back: number;
}

/** Changes a message that the device has, of the own ones or of anybody's. */
export interface Amending {
  kind: 'amend';
  device: string;
  conversationId: ConversationId;
  how: 'edit' | 'recall' | 'react' | 'recall-any';
  back: number;
  /** What it says from then on, or is reacted with; nothing: no reaction any more. */
  text: string;
}

export type GroupChange = NonNullable<ConversationChange['change']>;

/** What somebody lets another one know, or keeps about them. */
export const relatings = ['befriend', 'decline', 'take-back', 'block', 'unblock', 'remark'] as const;
export type Relating = (typeof relatings)[number];

/** Somebody makes a group, by REST, and asks again until there is an answer. */
export interface Founding {
  kind: 'found';
  conversationId: ConversationId;
  founder: string;
  /** Beside the founder. */
  members: readonly string[];
}

/** One of the people asks for everything of a group by hand, and tries to write there. */
export type Prying = { kind: 'pry'; person: string; conversationId: ConversationId };

/** What happens to a device. */
export type DeviceFault =
  /** Its program dies between two effects, and is started again. */
  | { kind: 'crash-device'; device: string; downMs: number }
  | { kind: 'lose-network'; device: string; forMs: number; isTold: boolean }
  /** From one network to another: connections die unsaid, and the platform says there is a network. */
  | { kind: 'switch-network'; device: string }
  /** Nothing on it runs; its clock goes on. */
  | { kind: 'sleep'; device: string; forMs: number }
  | { kind: 'move-clock'; device: string; byMs: number }
  | { kind: 'cut'; device: string; noticedBy: Noticing }
  /** What `side` sent arrives only after this time, or never because somebody gave up. */
  | { kind: 'half-open'; device: string; side: Side; forMs: number }
  | { kind: 'expire-token'; device: string };

export type ServerFault =
  /** `point` says where exactly; the crash waits for the process to get there. */
  | { kind: 'crash-server'; node: string; point: CrashPoint; downMs: number; isUnsaid: boolean }
  | { kind: 'restart-server'; node: string; downMs: number }
  /** Nothing of the process runs; then it goes on with stale timers. */
  | { kind: 'pause-server'; node: string; forMs: number }
  | { kind: 'cut-all'; noticedBy: Noticing };

/** What happens between nodes, and to what they share. */
export type ClusterFault =
  /** Messages are lost for so long; then every node is told. */
  | { kind: 'broker-down'; forMs: number }
  /** The same for one node, which the others do not hear either. */
  | { kind: 'cut-off-node'; node: string; forMs: number }
  /** The database is replaced by its standby: it is away for so long, and what was under way is in doubt. */
  | { kind: 'fail-over'; forMs: number };

/** Somebody who is no friend connects, and sends something. */
export type Attack = { kind: 'attack'; attack: AttackKind; salt: number };

export const attackKinds = [
  'noise',
  'huge-length',
  'broken-commands',
  'forged-token',
  'foreign-conversations',
  'odd-values',
  'too-much',
] as const;
export type AttackKind = (typeof attackKinds)[number];

/** Somebody writes more than devices fill a gap for (SYN-21), on a device that is not here and by a node that tells nobody. */
export type Flood = { kind: 'flood'; sender: string; conversationId: ConversationId; count: number };

export type Step = { atMs: number } & (
  | Deed
  | DeviceFault
  | ServerFault
  | ClusterFault
  | Attack
  | Flood
  | Founding
  | Prying
);

export type Part = DevicePlan | Weather | Step;

/** All parts in one row: their places in it name them. */
export const partsOf = ({ devices, weather, steps }: Plan): Part[] => [...devices, ...weather, ...steps];

/** The same plan with only the parts at these places. */
export function keepOnly(plan: Plan, kept: ReadonlySet<number>): Plan {
  const weatherFrom = plan.devices.length;
  const stepsFrom = weatherFrom + plan.weather.length;
  return {
    ...plan,
    devices: plan.devices.filter((_, index) => kept.has(index)),
    weather: plan.weather.filter((_, index) => kept.has(weatherFrom + index)),
    steps: plan.steps.filter((_, index) => kept.has(stepsFrom + index)),
  };
}
