// Generated from spec/hongyan/cluster/v1 by `npm run generate`. Do not edit.
import type { Reader, Writer } from 'protobufjs/minimal.js';
import { bytes, endOf, safeInteger, skip, text } from '../wire.ts';
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
export const SCHEMA_HASH = 'b265db43607a466b';

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
  gateway: GatewayLoad | undefined;
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
  push: CarriedPush | undefined;
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
  caller: Caller | undefined;
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
  stated: StatePositions | undefined;
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

export function writeAnnouncement(message: Announcement, writer: Writer): Writer {
  if (message.nodeId) writer.uint32(10).string(message.nodeId);
  if (message.roles.length > 0) {
    writer.uint32(18).fork();
    for (const item of message.roles) writer.uint32(item);
    writer.ldelim();
  }
  if (message.state) writer.uint32(24).uint32(message.state);
  if (message.restored) writer.uint32(32).uint32(message.restored);
  if (message.asks) writer.uint32(40).bool(message.asks);
  if (message.gateway !== undefined) writeGatewayLoad(message.gateway, writer.uint32(50).fork()).ldelim();
  return writer;
}

export function writeGatewayLoad(message: GatewayLoad, writer: Writer): Writer {
  if (message.connections) writer.uint32(8).uint32(message.connections);
  if (message.connectionsMax) writer.uint32(16).uint32(message.connectionsMax);
  if (message.handshakesPerSecond) writer.uint32(24).uint32(message.handshakesPerSecond);
  if (message.loadLevel) writer.uint32(32).uint32(message.loadLevel);
  if (message.site) writer.uint32(42).string(message.site);
  if (message.url) writer.uint32(50).string(message.url);
  if (message.tcpPort) writer.uint32(56).uint32(message.tcpPort);
  return writer;
}

export function writeDeviceRevoked(message: DeviceRevoked, writer: Writer): Writer {
  if (message.deviceId) writer.uint32(10).string(message.deviceId);
  return writer;
}

export function writePresenceNews(message: PresenceNews, writer: Writer): Writer {
  if (message.gatewayId) writer.uint32(10).string(message.gatewayId);
  if (message.number) writer.uint32(16).uint64(message.number);
  for (const item of message.accounts) writeAccountDevices(item, writer.uint32(26).fork()).ldelim();
  for (const item of message.typing) writeConversationTyping(item, writer.uint32(34).fork()).ldelim();
  if (message.answers) writer.uint32(40).uint64(message.answers);
  return writer;
}

export function writeAccountDevices(message: AccountDevices, writer: Writer): Writer {
  if (message.userId) writer.uint32(10).string(message.userId);
  for (const item of message.devices) writeDevicePresence(item, writer.uint32(18).fork()).ldelim();
  return writer;
}

export function writeConversationTyping(message: ConversationTyping, writer: Writer): Writer {
  if (message.conversationId) writer.uint32(10).string(message.conversationId);
  for (const item of message.typists) writeTypist(item, writer.uint32(18).fork()).ldelim();
  return writer;
}

export function writePresenceQuestion(message: PresenceQuestion, writer: Writer): Writer {
  if (message.gatewayId) writer.uint32(10).string(message.gatewayId);
  if (message.number) writer.uint32(16).uint64(message.number);
  for (const item of message.userIds) writer.uint32(26).string(item);
  return writer;
}

export function writeSight(message: Sight, writer: Writer): Writer {
  for (const item of message.accounts) writeSeenAccount(item, writer.uint32(10).fork()).ldelim();
  for (const item of message.conversations) writeSeenConversation(item, writer.uint32(18).fork()).ldelim();
  return writer;
}

export function writeSeenAccount(message: SeenAccount, writer: Writer): Writer {
  if (message.userId) writer.uint32(10).string(message.userId);
  if (message.relation) writer.uint32(16).uint32(message.relation);
  for (const item of message.records) writeAccountRecord(item, writer.uint32(26).fork()).ldelim();
  if (message.lastSeenMs) writer.uint32(32).uint64(message.lastSeenMs);
  return writer;
}

export function writeSeenConversation(message: SeenConversation, writer: Writer): Writer {
  if (message.conversationId) writer.uint32(10).string(message.conversationId);
  for (const item of message.blockedUserIds) writer.uint32(18).string(item);
  return writer;
}

export function writeSightChanged(message: SightChanged, writer: Writer): Writer {
  if (message.userId) writer.uint32(10).string(message.userId);
  for (const item of message.records) writeAccountRecord(item, writer.uint32(18).fork()).ldelim();
  for (const item of message.relatedUserIds) writer.uint32(26).string(item);
  if (message.conversationId) writer.uint32(34).string(message.conversationId);
  return writer;
}

export function writeLeftAccounts(message: LeftAccounts, writer: Writer): Writer {
  for (const item of message.userIds) writer.uint32(10).string(item);
  if (message.seenMs) writer.uint32(16).uint64(message.seenMs);
  return writer;
}

export function writeCarriedPushes(message: CarriedPushes, writer: Writer): Writer {
  for (const item of message.pushes) writeCarriedPush(item, writer.uint32(10).fork()).ldelim();
  return writer;
}

export function writeSharedPushes(message: SharedPushes, writer: Writer): Writer {
  for (const item of message.pushes) writeSharedPush(item, writer.uint32(10).fork()).ldelim();
  return writer;
}

export function writeSharedPush(message: SharedPush, writer: Writer): Writer {
  for (const item of message.userIds) writer.uint32(10).string(item);
  if (message.push !== undefined) writeCarriedPush(message.push, writer.uint32(18).fork()).ldelim();
  return writer;
}

export function writeCarriedPush(message: CarriedPush, writer: Writer): Writer {
  if (message.frame.length > 0) writer.uint32(10).bytes(message.frame);
  if (message.exceptSessionId) writer.uint32(18).string(message.exceptSessionId);
  return writer;
}

export function writeRequestBatch(message: RequestBatch, writer: Writer): Writer {
  if (message.gatewayId) writer.uint32(10).string(message.gatewayId);
  if (message.number) writer.uint32(16).uint64(message.number);
  for (const item of message.requests) writePostedRequest(item, writer.uint32(26).fork()).ldelim();
  if (message.heardRestored) writer.uint32(32).uint32(message.heardRestored);
  return writer;
}

export function writePostedRequest(message: PostedRequest, writer: Writer): Writer {
  if (message.id) writer.uint32(8).uint64(message.id);
  if (message.remainingMs) writer.uint32(16).uint32(message.remainingMs);
  if (message.request.length > 0) writer.uint32(26).bytes(message.request);
  return writer;
}

export function writeRequest(message: Request, writer: Writer): Writer {
  if (message.caller !== undefined) writeCaller(message.caller, writer.uint32(10).fork()).ldelim();
  switch (message.body?.case) {
    case 'command':
      writeCommand(message.body.value, writer.uint32(18).fork()).ldelim();
      break;
    case 'synchronise':
      writeHoldings(message.body.value, writer.uint32(26).fork()).ldelim();
      break;
    case 'compare':
      writePing(message.body.value, writer.uint32(34).fork()).ldelim();
      break;
    case 'restate':
      writeStatePositions(message.body.value, writer.uint32(42).fork()).ldelim();
      break;
    case 'positions':
      writeAnsweredPositions(message.body.value, writer.uint32(50).fork()).ldelim();
      break;
    case 'ended':
      writeEndedSync(message.body.value, writer.uint32(58).fork()).ldelim();
      break;
    case 'authenticate':
      writer.uint32(66).string(message.body.value);
      break;
    case 'signedIn':
      writeSignedInDevices(message.body.value, writer.uint32(74).fork()).ldelim();
      break;
    case 'see':
      writeWatch(message.body.value, writer.uint32(162).fork()).ldelim();
      break;
    case 'left':
      writeLeftAccounts(message.body.value, writer.uint32(170).fork()).ldelim();
      break;
  }
  return writer;
}

export function writeCaller(message: Caller, writer: Writer): Writer {
  if (message.userId) writer.uint32(10).string(message.userId);
  if (message.deviceId) writer.uint32(18).string(message.deviceId);
  if (message.sessionId) writer.uint32(26).string(message.sessionId);
  return writer;
}

export function writeAnsweredPositions(message: AnsweredPositions, writer: Writer): Writer {
  if (message.synchroniseId) writer.uint32(8).uint64(message.synchroniseId);
  if (message.stated !== undefined) writeStatePositions(message.stated, writer.uint32(18).fork()).ldelim();
  return writer;
}

export function writeEndedSync(message: EndedSync, writer: Writer): Writer {
  if (message.synchroniseId) writer.uint32(8).uint64(message.synchroniseId);
  return writer;
}

export function writeSignedInDevices(message: SignedInDevices, writer: Writer): Writer {
  for (const item of message.deviceIds) writer.uint32(10).string(item);
  return writer;
}

export function writeAnswerBatch(message: AnswerBatch, writer: Writer): Writer {
  if (message.logicId) writer.uint32(10).string(message.logicId);
  if (message.keptThrough) writer.uint32(16).uint64(message.keptThrough);
  for (const item of message.answers) writeAnswer(item, writer.uint32(26).fork()).ldelim();
  return writer;
}

export function writeAnswer(message: Answer, writer: Writer): Writer {
  if (message.id) writer.uint32(8).uint64(message.id);
  switch (message.body?.case) {
    case 'reply':
      writer.uint32(18).bytes(message.body.value);
      break;
    case 'error':
      writeError(message.body.value, writer.uint32(26).fork()).ldelim();
      break;
    case 'push':
      writer.uint32(34).bytes(message.body.value);
      break;
    case 'positionsWanted':
      writePositionsWanted(message.body.value, writer.uint32(42).fork()).ldelim();
      break;
    case 'covered':
      writeCovered(message.body.value, writer.uint32(50).fork()).ldelim();
      break;
    case 'differs':
      writer.uint32(56).bool(message.body.value);
      break;
    case 'identity':
      writeIdentity(message.body.value, writer.uint32(66).fork()).ldelim();
      break;
    case 'signedOut':
      writeSignedOutDevices(message.body.value, writer.uint32(74).fork()).ldelim();
      break;
    case 'sight':
      writeSight(message.body.value, writer.uint32(162).fork()).ldelim();
      break;
  }
  return writer;
}

export function writeCovered(message: Covered, writer: Writer): Writer {
  if (message.userSeq) writer.uint32(8).uint64(message.userSeq);
  return writer;
}

export function writeIdentity(message: Identity, writer: Writer): Writer {
  if (message.userId) writer.uint32(10).string(message.userId);
  if (message.deviceId) writer.uint32(18).string(message.deviceId);
  return writer;
}

export function writeSignedOutDevices(message: SignedOutDevices, writer: Writer): Writer {
  for (const item of message.deviceIds) writer.uint32(10).string(item);
  return writer;
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
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.nodeId = text(reader);
        break;
      case 16:
        message.roles.push(reader.uint32() as Role);
        break;
      case 18: {
        const packedEnd = endOf(reader);
        while (reader.pos < packedEnd) message.roles.push(reader.uint32() as Role);
        break;
      }
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
        message.gateway = readGatewayLoad(reader, endOf(reader));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
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
  while (reader.pos < end) {
    const tag = reader.uint32();
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
        message.site = text(reader);
        break;
      case 50:
        message.url = text(reader);
        break;
      case 56:
        message.tcpPort = reader.uint32();
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readDeviceRevoked(reader: Reader, end: number): DeviceRevoked {
  const message: DeviceRevoked = {
    deviceId: '',
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.deviceId = text(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
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
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.gatewayId = text(reader);
        break;
      case 16:
        message.number = safeInteger(reader);
        break;
      case 26:
        message.accounts.push(readAccountDevices(reader, endOf(reader)));
        break;
      case 34:
        message.typing.push(readConversationTyping(reader, endOf(reader)));
        break;
      case 40:
        message.answers = safeInteger(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readAccountDevices(reader: Reader, end: number): AccountDevices {
  const message: AccountDevices = {
    userId: '',
    devices: [],
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.userId = text(reader);
        break;
      case 18:
        message.devices.push(readDevicePresence(reader, endOf(reader)));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readConversationTyping(reader: Reader, end: number): ConversationTyping {
  const message: ConversationTyping = {
    conversationId: '',
    typists: [],
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.conversationId = text(reader);
        break;
      case 18:
        message.typists.push(readTypist(reader, endOf(reader)));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readPresenceQuestion(reader: Reader, end: number): PresenceQuestion {
  const message: PresenceQuestion = {
    gatewayId: '',
    number: 0,
    userIds: [],
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.gatewayId = text(reader);
        break;
      case 16:
        message.number = safeInteger(reader);
        break;
      case 26:
        message.userIds.push(text(reader));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readSight(reader: Reader, end: number): Sight {
  const message: Sight = {
    accounts: [],
    conversations: [],
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.accounts.push(readSeenAccount(reader, endOf(reader)));
        break;
      case 18:
        message.conversations.push(readSeenConversation(reader, endOf(reader)));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readSeenAccount(reader: Reader, end: number): SeenAccount {
  const message: SeenAccount = {
    userId: '',
    relation: 0,
    records: [],
    lastSeenMs: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.userId = text(reader);
        break;
      case 16:
        message.relation = reader.uint32() as Relation;
        break;
      case 26:
        message.records.push(readAccountRecord(reader, endOf(reader)));
        break;
      case 32:
        message.lastSeenMs = safeInteger(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readSeenConversation(reader: Reader, end: number): SeenConversation {
  const message: SeenConversation = {
    conversationId: '',
    blockedUserIds: [],
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.conversationId = text(reader);
        break;
      case 18:
        message.blockedUserIds.push(text(reader));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readSightChanged(reader: Reader, end: number): SightChanged {
  const message: SightChanged = {
    userId: '',
    records: [],
    relatedUserIds: [],
    conversationId: '',
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.userId = text(reader);
        break;
      case 18:
        message.records.push(readAccountRecord(reader, endOf(reader)));
        break;
      case 26:
        message.relatedUserIds.push(text(reader));
        break;
      case 34:
        message.conversationId = text(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readLeftAccounts(reader: Reader, end: number): LeftAccounts {
  const message: LeftAccounts = {
    userIds: [],
    seenMs: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.userIds.push(text(reader));
        break;
      case 16:
        message.seenMs = safeInteger(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readCarriedPushes(reader: Reader, end: number): CarriedPushes {
  const message: CarriedPushes = {
    pushes: [],
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.pushes.push(readCarriedPush(reader, endOf(reader)));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readSharedPushes(reader: Reader, end: number): SharedPushes {
  const message: SharedPushes = {
    pushes: [],
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.pushes.push(readSharedPush(reader, endOf(reader)));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readSharedPush(reader: Reader, end: number): SharedPush {
  const message: SharedPush = {
    userIds: [],
    push: undefined,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.userIds.push(text(reader));
        break;
      case 18:
        message.push = readCarriedPush(reader, endOf(reader));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readCarriedPush(reader: Reader, end: number): CarriedPush {
  const message: CarriedPush = {
    frame: new Uint8Array(0),
    exceptSessionId: '',
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.frame = bytes(reader);
        break;
      case 18:
        message.exceptSessionId = text(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readRequestBatch(reader: Reader, end: number): RequestBatch {
  const message: RequestBatch = {
    gatewayId: '',
    number: 0,
    requests: [],
    heardRestored: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.gatewayId = text(reader);
        break;
      case 16:
        message.number = safeInteger(reader);
        break;
      case 26:
        message.requests.push(readPostedRequest(reader, endOf(reader)));
        break;
      case 32:
        message.heardRestored = reader.uint32();
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readPostedRequest(reader: Reader, end: number): PostedRequest {
  const message: PostedRequest = {
    id: 0,
    remainingMs: 0,
    request: new Uint8Array(0),
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.id = safeInteger(reader);
        break;
      case 16:
        message.remainingMs = reader.uint32();
        break;
      case 26:
        message.request = bytes(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readRequest(reader: Reader, end: number): Request {
  const message: Request = {
    caller: undefined,
    body: undefined,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.caller = readCaller(reader, endOf(reader));
        break;
      case 18:
        message.body = { case: 'command', value: readCommand(reader, endOf(reader)) };
        break;
      case 26:
        message.body = { case: 'synchronise', value: readHoldings(reader, endOf(reader)) };
        break;
      case 34:
        message.body = { case: 'compare', value: readPing(reader, endOf(reader)) };
        break;
      case 42:
        message.body = { case: 'restate', value: readStatePositions(reader, endOf(reader)) };
        break;
      case 50:
        message.body = { case: 'positions', value: readAnsweredPositions(reader, endOf(reader)) };
        break;
      case 58:
        message.body = { case: 'ended', value: readEndedSync(reader, endOf(reader)) };
        break;
      case 66:
        message.body = { case: 'authenticate', value: text(reader) };
        break;
      case 74:
        message.body = { case: 'signedIn', value: readSignedInDevices(reader, endOf(reader)) };
        break;
      case 162:
        message.body = { case: 'see', value: readWatch(reader, endOf(reader)) };
        break;
      case 170:
        message.body = { case: 'left', value: readLeftAccounts(reader, endOf(reader)) };
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readCaller(reader: Reader, end: number): Caller {
  const message: Caller = {
    userId: '',
    deviceId: '',
    sessionId: '',
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.userId = text(reader);
        break;
      case 18:
        message.deviceId = text(reader);
        break;
      case 26:
        message.sessionId = text(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readAnsweredPositions(reader: Reader, end: number): AnsweredPositions {
  const message: AnsweredPositions = {
    synchroniseId: 0,
    stated: undefined,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.synchroniseId = safeInteger(reader);
        break;
      case 18:
        message.stated = readStatePositions(reader, endOf(reader));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readEndedSync(reader: Reader, end: number): EndedSync {
  const message: EndedSync = {
    synchroniseId: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.synchroniseId = safeInteger(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readSignedInDevices(reader: Reader, end: number): SignedInDevices {
  const message: SignedInDevices = {
    deviceIds: [],
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.deviceIds.push(text(reader));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readAnswerBatch(reader: Reader, end: number): AnswerBatch {
  const message: AnswerBatch = {
    logicId: '',
    keptThrough: 0,
    answers: [],
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.logicId = text(reader);
        break;
      case 16:
        message.keptThrough = safeInteger(reader);
        break;
      case 26:
        message.answers.push(readAnswer(reader, endOf(reader)));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readAnswer(reader: Reader, end: number): Answer {
  const message: Answer = {
    id: 0,
    body: undefined,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.id = safeInteger(reader);
        break;
      case 18:
        message.body = { case: 'reply', value: bytes(reader) };
        break;
      case 26:
        message.body = { case: 'error', value: readError(reader, endOf(reader)) };
        break;
      case 34:
        message.body = { case: 'push', value: bytes(reader) };
        break;
      case 42:
        message.body = { case: 'positionsWanted', value: readPositionsWanted(reader, endOf(reader)) };
        break;
      case 50:
        message.body = { case: 'covered', value: readCovered(reader, endOf(reader)) };
        break;
      case 56:
        message.body = { case: 'differs', value: reader.bool() };
        break;
      case 66:
        message.body = { case: 'identity', value: readIdentity(reader, endOf(reader)) };
        break;
      case 74:
        message.body = { case: 'signedOut', value: readSignedOutDevices(reader, endOf(reader)) };
        break;
      case 162:
        message.body = { case: 'sight', value: readSight(reader, endOf(reader)) };
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readCovered(reader: Reader, end: number): Covered {
  const message: Covered = {
    userSeq: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.userSeq = safeInteger(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readIdentity(reader: Reader, end: number): Identity {
  const message: Identity = {
    userId: '',
    deviceId: '',
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.userId = text(reader);
        break;
      case 18:
        message.deviceId = text(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readSignedOutDevices(reader: Reader, end: number): SignedOutDevices {
  const message: SignedOutDevices = {
    deviceIds: [],
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.deviceIds.push(text(reader));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}
