// Generated from spec/hongyan/cluster/v1 by `npm run generate`. Do not edit.
import type { DevicePresence, Typist, AccountRecord, Command, Holdings, Ping, StatePositions, Watch, Error, PositionsWanted } from './hongyan.ts';

/** Of the schema's text: a change of the schema changes it. */
export const SCHEMA_HASH = 'f717a5e38de43d23';

export const Role = {
  UNSPECIFIED: 0,
  /** holds connections */
  GATEWAY: 1,
  /** decides, and writes the log */
  LOGIC: 2,
  /** REST and the web client */
  API: 3,
  /** what is done later */
  WORKER: 4,
} as const;
export type Role = (typeof Role)[keyof typeof Role];

export const NodeState = {
  UNSPECIFIED: 0,
  SERVING: 1,
  /** finishes what it has, and gets nothing new */
  LEAVING: 2,
} as const;
export type NodeState = (typeof NodeState)[keyof typeof NodeState];

/** What one account is to another where it is decided what may be seen. */
export const Relation = {
  UNSPECIFIED: 0,
  STRANGER: 1,
  FRIEND: 2,
  SELF: 3,
  /** one of them has blocked the other */
  BLOCKED: 4,
} as const;
export type Relation = (typeof Relation)[keyof typeof Relation];

/** What a node says of itself about once a second, and whenever it changes. */
export interface Announcement {
  /** new with every start */
  nodeId: string;
  roles: Role[];
  state: NodeState;
  /** how often its connection to the others was lost and made again */
  restored: number;
  /** everybody else is to announce itself, too */
  asks: boolean;
  gateway?: GatewayLoad | undefined;
}

/** How full a gateway is, and where it is reached. */
export interface GatewayLoad {
  connections: number;
  connectionsMax: number;
  /** that it takes; one without a limit says what it can do */
  handshakesPerSecond: number;
  /** how many classes of work it sheds (LOD-5) */
  loadLevel: number;
  site: string;
  /** where clients reach it; empty: where they reached whom they asked */
  url: string;
  /** where it takes plain TCP, at the host of url; 0: not said */
  tcpPort: number;
}

/** A device was signed out; nothing of it may live on. */
export interface DeviceRevoked {
  deviceId: string;
  /** a newer device took its place */
  isReplaced: boolean;
}

/** From one gateway to those that have somebody who watches, or to the one that asked. */
export interface PresenceNews {
  gatewayId: string;
  /** ascending over all that the gateway says; a lower one is older */
  number: number;
  accounts: AccountDevices[];
  typing: ConversationTyping[];
  /** the number of the question; 0: nobody asked */
  answers: number;
}

/** The devices of an account that the gateway holds connections of; none: it holds none (any more). */
export interface AccountDevices {
  userId: string;
  devices: DevicePresence[];
}

export interface ConversationTyping {
  conversationId: string;
  typists: Typist[];
}

/** From a gateway whose sessions watch these accounts, to all gateways. Each of them answers, also when it holds none of them. */
export interface PresenceQuestion {
  gatewayId: string;
  number: number;
  userIds: string[];
}

/** What a session may see of what it watches. */
export interface Sight {
  /** those that exist */
  accounts: SeenAccount[];
  /** those in which typing is told, and the session may know of */
  conversations: SeenConversation[];
}

export interface SeenAccount {
  userId: string;
  relation: Relation;
  /** by which the account says how it is to be seen */
  records: AccountRecord[];
  lastSeenMs: number;
}

export interface SeenConversation {
  conversationId: string;
  /** members whose typing is not shown */
  blockedUserIds: string[];
}

/** What may be seen has changed, to all gateways. */
export interface SightChanged {
  userId: string;
  /** of the account */
  records: AccountRecord[];
  /** to whom it is something else than before */
  relatedUserIds: string[];
  /** whose members are others than before */
  conversationId: string;
}

/** Accounts whose last connection ended. */
export interface LeftAccounts {
  userIds: string[];
  seenMs: number;
}

/** To every gateway with a session of one account. */
export interface CarriedPushes {
  pushes: CarriedPush[];
}

/** To every gateway: pushes to so many accounts that a message for each would be more. */
export interface SharedPushes {
  pushes: SharedPush[];
}

export interface SharedPush {
  userIds: string[];
  push?: CarriedPush | undefined;
}

export interface CarriedPush {
  /** an encoded ServerFrame */
  frame: Uint8Array;
  /** the session that caused it and already knows */
  exceptSessionId: string;
}

/** From a gateway to a node with logic: what its sessions ask, in their order. */
export interface RequestBatch {
  gatewayId: string;
  /** ascending: no two batches of a gateway have the same one */
  number: number;
  requests: PostedRequest[];
  /** one more than the node's Announcement.restored as the gateway heard it; 0: not said */
  heardRestored: number;
}

/** A request on its way; the same one may come again, as its answer may have been lost. */
export interface PostedRequest {
  /** unique for the gateway */
  id: number;
  /** after this time nobody waits for the answer */
  remainingMs: number;
  /** an encoded Request */
  request: Uint8Array;
}

export interface Request {
  /** none in authenticate */
  caller?: Caller | undefined;
  body:
    | { case: 'command'; value: Command }
    | { case: 'synchronise'; value: Holdings }
    | { case: 'compare'; value: Ping }
    | { case: 'restate'; value: StatePositions }
    | { case: 'positions'; value: AnsweredPositions }
    | { case: 'ended'; value: EndedSync }
    | { case: 'authenticate'; value: string }
    | { case: 'signedIn'; value: SignedInDevices }
    | { case: 'see'; value: Watch }
    | { case: 'left'; value: LeftAccounts }
    | undefined;
}

/** Who asks, and through which session. */
export interface Caller {
  userId: string;
  deviceId: string;
  sessionId: string;
}

/** What the device said when it was asked for positions. */
export interface AnsweredPositions {
  /** of the request that asked */
  synchroniseId: number;
  stated?: StatePositions | undefined;
}

/** Nobody listens any more to what this request pushes. */
export interface EndedSync {
  synchroniseId: number;
}

/** Devices to be looked up: those that were signed out are answered. */
export interface SignedInDevices {
  deviceIds: string[];
}

/** From a node with logic to a gateway. */
export interface AnswerBatch {
  logicId: string;
  /** what devices stated in request batches up to this number is in the store */
  keptThrough: number;
  answers: Answer[];
}

export interface Answer {
  /** of the request */
  id: number;
  body:
    | { case: 'reply'; value: Uint8Array }
    | { case: 'error'; value: Error }
    | { case: 'push'; value: Uint8Array }
    | { case: 'positionsWanted'; value: PositionsWanted }
    | { case: 'covered'; value: Covered }
    | { case: 'differs'; value: boolean }
    | { case: 'identity'; value: Identity }
    | { case: 'signedOut'; value: SignedOutDevices }
    | { case: 'sight'; value: Sight }
    | undefined;
}

/** Everything was pushed, the account's user log up to user_seq included. */
export interface Covered {
  userSeq: number;
}

export interface Identity {
  userId: string;
  deviceId: string;
}

export interface SignedOutDevices {
  deviceIds: string[];
}
