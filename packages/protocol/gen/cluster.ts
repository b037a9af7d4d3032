// Generated from spec/hongyan/cluster/v1 by `npm run generate`. Do not edit.
import { NO_BYTES, type Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';
import { type DevicePresence, readDevicePresence, writeDevicePresence } from './hongyan.ts';
import { type Typist, readTypist, writeTypist } from './hongyan.ts';
import { type AccountRecord, readAccountRecord, writeAccountRecord } from './hongyan.ts';
import { type Command, readCommand, writeCommand } from './hongyan.ts';
import { type Holdings, readHoldings, writeHoldings } from './hongyan.ts';
import { type Ping, readPing, writePing } from './hongyan.ts';
import { type StatePositions, readStatePositions, writeStatePositions } from './hongyan.ts';
import { type Watch, readWatch, writeWatch } from './hongyan.ts';
import { type Error, readError, writeError } from './hongyan.ts';
import { type PositionsWanted, readPositionsWanted, writePositionsWanted } from './hongyan.ts';

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

export function writeAnnouncement(message: Announcement, writer: Writer): void {
  if (message.nodeId) writer.string(10, message.nodeId);
  if (message.roles.length > 0) writer.packed(18, message.roles);
  if (message.state) writer.uint32(24, message.state);
  if (message.restored) writer.uint32(32, message.restored);
  if (message.asks) writer.bool(40, message.asks);
  if (message.gateway !== undefined) writer.message(50, message.gateway, writeGatewayLoad);
}

export function writeGatewayLoad(message: GatewayLoad, writer: Writer): void {
  if (message.connections) writer.uint32(8, message.connections);
  if (message.connectionsMax) writer.uint32(16, message.connectionsMax);
  if (message.handshakesPerSecond) writer.uint32(24, message.handshakesPerSecond);
  if (message.loadLevel) writer.uint32(32, message.loadLevel);
  if (message.site) writer.string(42, message.site);
  if (message.url) writer.string(50, message.url);
  if (message.tcpPort) writer.uint32(56, message.tcpPort);
}

export function writeDeviceRevoked(message: DeviceRevoked, writer: Writer): void {
  if (message.deviceId) writer.string(10, message.deviceId);
  if (message.isReplaced) writer.bool(16, message.isReplaced);
}

export function writePresenceNews(message: PresenceNews, writer: Writer): void {
  if (message.gatewayId) writer.string(10, message.gatewayId);
  if (message.number) writer.uint64(16, message.number);
  for (const item of message.accounts) writer.message(26, item, writeAccountDevices);
  for (const item of message.typing) writer.message(34, item, writeConversationTyping);
  if (message.answers) writer.uint64(40, message.answers);
}

export function writeAccountDevices(message: AccountDevices, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  for (const item of message.devices) writer.message(18, item, writeDevicePresence);
}

export function writeConversationTyping(message: ConversationTyping, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  for (const item of message.typists) writer.message(18, item, writeTypist);
}

export function writePresenceQuestion(message: PresenceQuestion, writer: Writer): void {
  if (message.gatewayId) writer.string(10, message.gatewayId);
  if (message.number) writer.uint64(16, message.number);
  for (const item of message.userIds) writer.string(26, item);
}

export function writeSight(message: Sight, writer: Writer): void {
  for (const item of message.accounts) writer.message(10, item, writeSeenAccount);
  for (const item of message.conversations) writer.message(18, item, writeSeenConversation);
}

export function writeSeenAccount(message: SeenAccount, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  if (message.relation) writer.uint32(16, message.relation);
  for (const item of message.records) writer.message(26, item, writeAccountRecord);
  if (message.lastSeenMs) writer.uint64(32, message.lastSeenMs);
}

export function writeSeenConversation(message: SeenConversation, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  for (const item of message.blockedUserIds) writer.string(18, item);
}

export function writeSightChanged(message: SightChanged, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  for (const item of message.records) writer.message(18, item, writeAccountRecord);
  for (const item of message.relatedUserIds) writer.string(26, item);
  if (message.conversationId) writer.string(34, message.conversationId);
}

export function writeLeftAccounts(message: LeftAccounts, writer: Writer): void {
  for (const item of message.userIds) writer.string(10, item);
  if (message.seenMs) writer.uint64(16, message.seenMs);
}

export function writeCarriedPushes(message: CarriedPushes, writer: Writer): void {
  for (const item of message.pushes) writer.message(10, item, writeCarriedPush);
}

export function writeSharedPushes(message: SharedPushes, writer: Writer): void {
  for (const item of message.pushes) writer.message(10, item, writeSharedPush);
}

export function writeSharedPush(message: SharedPush, writer: Writer): void {
  for (const item of message.userIds) writer.string(10, item);
  if (message.push !== undefined) writer.message(18, message.push, writeCarriedPush);
}

export function writeCarriedPush(message: CarriedPush, writer: Writer): void {
  if (message.frame.length > 0) writer.bytes(10, message.frame);
  if (message.exceptSessionId) writer.string(18, message.exceptSessionId);
}

export function writeRequestBatch(message: RequestBatch, writer: Writer): void {
  if (message.gatewayId) writer.string(10, message.gatewayId);
  if (message.number) writer.uint64(16, message.number);
  for (const item of message.requests) writer.message(26, item, writePostedRequest);
  if (message.heardRestored) writer.uint32(32, message.heardRestored);
}

export function writePostedRequest(message: PostedRequest, writer: Writer): void {
  if (message.id) writer.uint64(8, message.id);
  if (message.remainingMs) writer.uint32(16, message.remainingMs);
  if (message.request.length > 0) writer.bytes(26, message.request);
}

export function writeRequest(message: Request, writer: Writer): void {
  if (message.caller !== undefined) writer.message(10, message.caller, writeCaller);
  const { body } = message;
  switch (body?.case) {
    case 'command':
      writer.message(18, body.value, writeCommand);
      break;
    case 'synchronise':
      writer.message(26, body.value, writeHoldings);
      break;
    case 'compare':
      writer.message(34, body.value, writePing);
      break;
    case 'restate':
      writer.message(42, body.value, writeStatePositions);
      break;
    case 'positions':
      writer.message(50, body.value, writeAnsweredPositions);
      break;
    case 'ended':
      writer.message(58, body.value, writeEndedSync);
      break;
    case 'authenticate':
      writer.string(66, body.value);
      break;
    case 'signedIn':
      writer.message(74, body.value, writeSignedInDevices);
      break;
    case 'see':
      writer.message(162, body.value, writeWatch);
      break;
    case 'left':
      writer.message(170, body.value, writeLeftAccounts);
      break;
  }
}

export function writeCaller(message: Caller, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  if (message.deviceId) writer.string(18, message.deviceId);
  if (message.sessionId) writer.string(26, message.sessionId);
}

export function writeAnsweredPositions(message: AnsweredPositions, writer: Writer): void {
  if (message.synchroniseId) writer.uint64(8, message.synchroniseId);
  if (message.stated !== undefined) writer.message(18, message.stated, writeStatePositions);
}

export function writeEndedSync(message: EndedSync, writer: Writer): void {
  if (message.synchroniseId) writer.uint64(8, message.synchroniseId);
}

export function writeSignedInDevices(message: SignedInDevices, writer: Writer): void {
  for (const item of message.deviceIds) writer.string(10, item);
}

export function writeAnswerBatch(message: AnswerBatch, writer: Writer): void {
  if (message.logicId) writer.string(10, message.logicId);
  if (message.keptThrough) writer.uint64(16, message.keptThrough);
  for (const item of message.answers) writer.message(26, item, writeAnswer);
}

export function writeAnswer(message: Answer, writer: Writer): void {
  if (message.id) writer.uint64(8, message.id);
  const { body } = message;
  switch (body?.case) {
    case 'reply':
      writer.bytes(18, body.value);
      break;
    case 'error':
      writer.message(26, body.value, writeError);
      break;
    case 'push':
      writer.bytes(34, body.value);
      break;
    case 'positionsWanted':
      writer.message(42, body.value, writePositionsWanted);
      break;
    case 'covered':
      writer.message(50, body.value, writeCovered);
      break;
    case 'differs':
      writer.bool(56, body.value);
      break;
    case 'identity':
      writer.message(66, body.value, writeIdentity);
      break;
    case 'signedOut':
      writer.message(74, body.value, writeSignedOutDevices);
      break;
    case 'sight':
      writer.message(162, body.value, writeSight);
      break;
  }
}

export function writeCovered(message: Covered, writer: Writer): void {
  if (message.userSeq) writer.uint64(8, message.userSeq);
}

export function writeIdentity(message: Identity, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  if (message.deviceId) writer.string(18, message.deviceId);
}

export function writeSignedOutDevices(message: SignedOutDevices, writer: Writer): void {
  for (const item of message.deviceIds) writer.string(10, item);
}

export function readAnnouncement(reader: Reader, end: number): Announcement {
  const message: Announcement = {
    nodeId: '',
    roles: [],
    state: 0,
    restored: 0,
    asks: false,
    gateway: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.nodeId = reader.string();
        break;
      case 16:
        message.roles.push(reader.uint32() as Role);
        break;
      case 18:
        reader.packed(message.roles, () => reader.uint32() as Role);
        break;
      case 24:
        message.state = reader.uint32() as NodeState;
        break;
      case 32:
        message.restored = reader.uint32();
        break;
      case 40:
        message.asks = reader.bool();
        break;
      case 50:
        message.gateway = readGatewayLoad(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readGatewayLoad(reader: Reader, end: number): GatewayLoad {
  const message: GatewayLoad = {
    connections: 0,
    connectionsMax: 0,
    handshakesPerSecond: 0,
    loadLevel: 0,
    site: '',
    url: '',
    tcpPort: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.connections = reader.uint32();
        break;
      case 16:
        message.connectionsMax = reader.uint32();
        break;
      case 24:
        message.handshakesPerSecond = reader.uint32();
        break;
      case 32:
        message.loadLevel = reader.uint32();
        break;
      case 42:
        message.site = reader.string();
        break;
      case 50:
        message.url = reader.string();
        break;
      case 56:
        message.tcpPort = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readDeviceRevoked(reader: Reader, end: number): DeviceRevoked {
  const message: DeviceRevoked = {
    deviceId: '',
    isReplaced: false,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.deviceId = reader.string();
        break;
      case 16:
        message.isReplaced = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readPresenceNews(reader: Reader, end: number): PresenceNews {
  const message: PresenceNews = {
    gatewayId: '',
    number: 0,
    accounts: [],
    typing: [],
    answers: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.gatewayId = reader.string();
        break;
      case 16:
        message.number = reader.uint64();
        break;
      case 26:
        message.accounts.push(readAccountDevices(reader, reader.end()));
        break;
      case 34:
        message.typing.push(readConversationTyping(reader, reader.end()));
        break;
      case 40:
        message.answers = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readAccountDevices(reader: Reader, end: number): AccountDevices {
  const message: AccountDevices = {
    userId: '',
    devices: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      case 18:
        message.devices.push(readDevicePresence(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readConversationTyping(reader: Reader, end: number): ConversationTyping {
  const message: ConversationTyping = {
    conversationId: '',
    typists: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.typists.push(readTypist(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readPresenceQuestion(reader: Reader, end: number): PresenceQuestion {
  const message: PresenceQuestion = {
    gatewayId: '',
    number: 0,
    userIds: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.gatewayId = reader.string();
        break;
      case 16:
        message.number = reader.uint64();
        break;
      case 26:
        message.userIds.push(reader.string());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSight(reader: Reader, end: number): Sight {
  const message: Sight = {
    accounts: [],
    conversations: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.accounts.push(readSeenAccount(reader, reader.end()));
        break;
      case 18:
        message.conversations.push(readSeenConversation(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSeenAccount(reader: Reader, end: number): SeenAccount {
  const message: SeenAccount = {
    userId: '',
    relation: 0,
    records: [],
    lastSeenMs: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      case 16:
        message.relation = reader.uint32() as Relation;
        break;
      case 26:
        message.records.push(readAccountRecord(reader, reader.end()));
        break;
      case 32:
        message.lastSeenMs = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSeenConversation(reader: Reader, end: number): SeenConversation {
  const message: SeenConversation = {
    conversationId: '',
    blockedUserIds: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.blockedUserIds.push(reader.string());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSightChanged(reader: Reader, end: number): SightChanged {
  const message: SightChanged = {
    userId: '',
    records: [],
    relatedUserIds: [],
    conversationId: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      case 18:
        message.records.push(readAccountRecord(reader, reader.end()));
        break;
      case 26:
        message.relatedUserIds.push(reader.string());
        break;
      case 34:
        message.conversationId = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readLeftAccounts(reader: Reader, end: number): LeftAccounts {
  const message: LeftAccounts = {
    userIds: [],
    seenMs: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userIds.push(reader.string());
        break;
      case 16:
        message.seenMs = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readCarriedPushes(reader: Reader, end: number): CarriedPushes {
  const message: CarriedPushes = {
    pushes: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.pushes.push(readCarriedPush(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSharedPushes(reader: Reader, end: number): SharedPushes {
  const message: SharedPushes = {
    pushes: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.pushes.push(readSharedPush(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSharedPush(reader: Reader, end: number): SharedPush {
  const message: SharedPush = {
    userIds: [],
    push: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userIds.push(reader.string());
        break;
      case 18:
        message.push = readCarriedPush(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readCarriedPush(reader: Reader, end: number): CarriedPush {
  const message: CarriedPush = {
    frame: NO_BYTES,
    exceptSessionId: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.frame = reader.bytes();
        break;
      case 18:
        message.exceptSessionId = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readRequestBatch(reader: Reader, end: number): RequestBatch {
  const message: RequestBatch = {
    gatewayId: '',
    number: 0,
    requests: [],
    heardRestored: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.gatewayId = reader.string();
        break;
      case 16:
        message.number = reader.uint64();
        break;
      case 26:
        message.requests.push(readPostedRequest(reader, reader.end()));
        break;
      case 32:
        message.heardRestored = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readPostedRequest(reader: Reader, end: number): PostedRequest {
  const message: PostedRequest = {
    id: 0,
    remainingMs: 0,
    request: NO_BYTES,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.id = reader.uint64();
        break;
      case 16:
        message.remainingMs = reader.uint32();
        break;
      case 26:
        message.request = reader.bytes();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readRequest(reader: Reader, end: number): Request {
  const message: Request = {
    caller: undefined,
    body: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.caller = readCaller(reader, reader.end());
        break;
      case 18:
        message.body = { case: 'command', value: readCommand(reader, reader.end()) };
        break;
      case 26:
        message.body = { case: 'synchronise', value: readHoldings(reader, reader.end()) };
        break;
      case 34:
        message.body = { case: 'compare', value: readPing(reader, reader.end()) };
        break;
      case 42:
        message.body = { case: 'restate', value: readStatePositions(reader, reader.end()) };
        break;
      case 50:
        message.body = { case: 'positions', value: readAnsweredPositions(reader, reader.end()) };
        break;
      case 58:
        message.body = { case: 'ended', value: readEndedSync(reader, reader.end()) };
        break;
      case 66:
        message.body = { case: 'authenticate', value: reader.string() };
        break;
      case 74:
        message.body = { case: 'signedIn', value: readSignedInDevices(reader, reader.end()) };
        break;
      case 162:
        message.body = { case: 'see', value: readWatch(reader, reader.end()) };
        break;
      case 170:
        message.body = { case: 'left', value: readLeftAccounts(reader, reader.end()) };
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readCaller(reader: Reader, end: number): Caller {
  const message: Caller = {
    userId: '',
    deviceId: '',
    sessionId: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      case 18:
        message.deviceId = reader.string();
        break;
      case 26:
        message.sessionId = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readAnsweredPositions(reader: Reader, end: number): AnsweredPositions {
  const message: AnsweredPositions = {
    synchroniseId: 0,
    stated: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.synchroniseId = reader.uint64();
        break;
      case 18:
        message.stated = readStatePositions(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readEndedSync(reader: Reader, end: number): EndedSync {
  const message: EndedSync = {
    synchroniseId: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.synchroniseId = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSignedInDevices(reader: Reader, end: number): SignedInDevices {
  const message: SignedInDevices = {
    deviceIds: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.deviceIds.push(reader.string());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readAnswerBatch(reader: Reader, end: number): AnswerBatch {
  const message: AnswerBatch = {
    logicId: '',
    keptThrough: 0,
    answers: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.logicId = reader.string();
        break;
      case 16:
        message.keptThrough = reader.uint64();
        break;
      case 26:
        message.answers.push(readAnswer(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readAnswer(reader: Reader, end: number): Answer {
  const message: Answer = {
    id: 0,
    body: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.id = reader.uint64();
        break;
      case 18:
        message.body = { case: 'reply', value: reader.bytes() };
        break;
      case 26:
        message.body = { case: 'error', value: readError(reader, reader.end()) };
        break;
      case 34:
        message.body = { case: 'push', value: reader.bytes() };
        break;
      case 42:
        message.body = { case: 'positionsWanted', value: readPositionsWanted(reader, reader.end()) };
        break;
      case 50:
        message.body = { case: 'covered', value: readCovered(reader, reader.end()) };
        break;
      case 56:
        message.body = { case: 'differs', value: reader.bool() };
        break;
      case 66:
        message.body = { case: 'identity', value: readIdentity(reader, reader.end()) };
        break;
      case 74:
        message.body = { case: 'signedOut', value: readSignedOutDevices(reader, reader.end()) };
        break;
      case 162:
        message.body = { case: 'sight', value: readSight(reader, reader.end()) };
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readCovered(reader: Reader, end: number): Covered {
  const message: Covered = {
    userSeq: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.userSeq = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readIdentity(reader: Reader, end: number): Identity {
  const message: Identity = {
    userId: '',
    deviceId: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      case 18:
        message.deviceId = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSignedOutDevices(reader: Reader, end: number): SignedOutDevices {
  const message: SignedOutDevices = {
    deviceIds: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.deviceIds.push(reader.string());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}
