// Generated from spec/hongyan/cluster/v1 by `npm run generate`. Do not edit.
import { NO_BYTES, type Reader } from '../reader.ts';
import type { WireType } from '../wire.ts';
import type { Writer } from '../writer.ts';
import { readAccountRecord, readCommand, readDevicePresence, readError, readHoldings, readPing, readPositionsWanted, readStatePositions, readTypist, readWatch, writeAccountRecord, writeCommand, writeDevicePresence, writeError, writeHoldings, writePing, writePositionsWanted, writeStatePositions, writeTypist, writeWatch } from './hongyan-functions.ts';
import type * as schema from './cluster.ts';

export function writeAnnouncement(message: schema.Announcement, writer: Writer): void {
  if (message.nodeId) writer.string(10, message.nodeId);
  if (message.roles.length > 0) writer.packed(18, message.roles);
  if (message.state) writer.uint32(24, message.state);
  if (message.restored) writer.uint32(32, message.restored);
  if (message.asks) writer.bool(40, message.asks);
  if (message.gateway !== undefined) writer.message(50, message.gateway, writeGatewayLoad);
}

export function writeGatewayLoad(message: schema.GatewayLoad, writer: Writer): void {
  if (message.connections) writer.uint32(8, message.connections);
  if (message.connectionsMax) writer.uint32(16, message.connectionsMax);
  if (message.handshakesPerSecond) writer.uint32(24, message.handshakesPerSecond);
  if (message.loadLevel) writer.uint32(32, message.loadLevel);
  if (message.site) writer.string(42, message.site);
  if (message.url) writer.string(50, message.url);
  if (message.tcpPort) writer.uint32(56, message.tcpPort);
}

export function writeDeviceRevoked(message: schema.DeviceRevoked, writer: Writer): void {
  if (message.deviceId) writer.string(10, message.deviceId);
  if (message.isReplaced) writer.bool(16, message.isReplaced);
}

export function writePresenceNews(message: schema.PresenceNews, writer: Writer): void {
  if (message.gatewayId) writer.string(10, message.gatewayId);
  if (message.number) writer.uint64(16, message.number);
  for (const item of message.accounts) writer.message(26, item, writeAccountDevices);
  for (const item of message.typing) writer.message(34, item, writeConversationTyping);
  if (message.answers) writer.uint64(40, message.answers);
}

export function writeAccountDevices(message: schema.AccountDevices, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  for (const item of message.devices) writer.message(18, item, writeDevicePresence);
}

export function writeConversationTyping(message: schema.ConversationTyping, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  for (const item of message.typists) writer.message(18, item, writeTypist);
}

export function writePresenceQuestion(message: schema.PresenceQuestion, writer: Writer): void {
  if (message.gatewayId) writer.string(10, message.gatewayId);
  if (message.number) writer.uint64(16, message.number);
  for (const item of message.userIds) writer.string(26, item);
}

export function writeSight(message: schema.Sight, writer: Writer): void {
  for (const item of message.accounts) writer.message(10, item, writeSeenAccount);
  for (const item of message.conversations) writer.message(18, item, writeSeenConversation);
}

export function writeSeenAccount(message: schema.SeenAccount, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  if (message.relation) writer.uint32(16, message.relation);
  for (const item of message.records) writer.message(26, item, writeAccountRecord);
  if (message.lastSeenMs) writer.uint64(32, message.lastSeenMs);
}

export function writeSeenConversation(message: schema.SeenConversation, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  for (const item of message.blockedUserIds) writer.string(18, item);
}

export function writeSightChanged(message: schema.SightChanged, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  for (const item of message.records) writer.message(18, item, writeAccountRecord);
  for (const item of message.relatedUserIds) writer.string(26, item);
  if (message.conversationId) writer.string(34, message.conversationId);
}

export function writeLeftAccounts(message: schema.LeftAccounts, writer: Writer): void {
  for (const item of message.userIds) writer.string(10, item);
  if (message.seenMs) writer.uint64(16, message.seenMs);
}

export function writeCarriedPushes(message: schema.CarriedPushes, writer: Writer): void {
  for (const item of message.pushes) writer.message(10, item, writeCarriedPush);
}

export function writeSharedPushes(message: schema.SharedPushes, writer: Writer): void {
  for (const item of message.pushes) writer.message(10, item, writeSharedPush);
}

export function writeSharedPush(message: schema.SharedPush, writer: Writer): void {
  for (const item of message.userIds) writer.string(10, item);
  if (message.push !== undefined) writer.message(18, message.push, writeCarriedPush);
}

export function writeCarriedPush(message: schema.CarriedPush, writer: Writer): void {
  if (message.frame.length > 0) writer.bytes(10, message.frame);
  if (message.exceptSessionId) writer.string(18, message.exceptSessionId);
}

export function writeRequestBatch(message: schema.RequestBatch, writer: Writer): void {
  if (message.gatewayId) writer.string(10, message.gatewayId);
  if (message.number) writer.uint64(16, message.number);
  for (const item of message.requests) writer.message(26, item, writePostedRequest);
  if (message.heardRestored) writer.uint32(32, message.heardRestored);
}

export function writePostedRequest(message: schema.PostedRequest, writer: Writer): void {
  if (message.id) writer.uint64(8, message.id);
  if (message.remainingMs) writer.uint32(16, message.remainingMs);
  if (message.request.length > 0) writer.bytes(26, message.request);
}

export function writeRequest(message: schema.Request, writer: Writer): void {
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

export function writeCaller(message: schema.Caller, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  if (message.deviceId) writer.string(18, message.deviceId);
  if (message.sessionId) writer.string(26, message.sessionId);
}

export function writeAnsweredPositions(message: schema.AnsweredPositions, writer: Writer): void {
  if (message.synchroniseId) writer.uint64(8, message.synchroniseId);
  if (message.stated !== undefined) writer.message(18, message.stated, writeStatePositions);
}

export function writeEndedSync(message: schema.EndedSync, writer: Writer): void {
  if (message.synchroniseId) writer.uint64(8, message.synchroniseId);
}

export function writeSignedInDevices(message: schema.SignedInDevices, writer: Writer): void {
  for (const item of message.deviceIds) writer.string(10, item);
}

export function writeAnswerBatch(message: schema.AnswerBatch, writer: Writer): void {
  if (message.logicId) writer.string(10, message.logicId);
  if (message.keptThrough) writer.uint64(16, message.keptThrough);
  for (const item of message.answers) writer.message(26, item, writeAnswer);
}

export function writeAnswer(message: schema.Answer, writer: Writer): void {
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

export function writeCovered(message: schema.Covered, writer: Writer): void {
  if (message.userSeq) writer.uint64(8, message.userSeq);
}

export function writeIdentity(message: schema.Identity, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  if (message.deviceId) writer.string(18, message.deviceId);
}

export function writeSignedOutDevices(message: schema.SignedOutDevices, writer: Writer): void {
  for (const item of message.deviceIds) writer.string(10, item);
}

export function readAnnouncement(reader: Reader, end: number): schema.Announcement {
  const message: schema.Announcement = {
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
        message.roles.push(reader.uint32() as schema.Role);
        break;
      case 18:
        reader.packed(message.roles, () => reader.uint32() as schema.Role);
        break;
      case 24:
        message.state = reader.uint32() as schema.NodeState;
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

export function readGatewayLoad(reader: Reader, end: number): schema.GatewayLoad {
  const message: schema.GatewayLoad = {
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

export function readDeviceRevoked(reader: Reader, end: number): schema.DeviceRevoked {
  const message: schema.DeviceRevoked = {
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

export function readPresenceNews(reader: Reader, end: number): schema.PresenceNews {
  const message: schema.PresenceNews = {
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

export function readAccountDevices(reader: Reader, end: number): schema.AccountDevices {
  const message: schema.AccountDevices = {
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

export function readConversationTyping(reader: Reader, end: number): schema.ConversationTyping {
  const message: schema.ConversationTyping = {
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

export function readPresenceQuestion(reader: Reader, end: number): schema.PresenceQuestion {
  const message: schema.PresenceQuestion = {
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

export function readSight(reader: Reader, end: number): schema.Sight {
  const message: schema.Sight = {
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

export function readSeenAccount(reader: Reader, end: number): schema.SeenAccount {
  const message: schema.SeenAccount = {
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
        message.relation = reader.uint32() as schema.Relation;
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

export function readSeenConversation(reader: Reader, end: number): schema.SeenConversation {
  const message: schema.SeenConversation = {
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

export function readSightChanged(reader: Reader, end: number): schema.SightChanged {
  const message: schema.SightChanged = {
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

export function readLeftAccounts(reader: Reader, end: number): schema.LeftAccounts {
  const message: schema.LeftAccounts = {
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

export function readCarriedPushes(reader: Reader, end: number): schema.CarriedPushes {
  const message: schema.CarriedPushes = {
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

export function readSharedPushes(reader: Reader, end: number): schema.SharedPushes {
  const message: schema.SharedPushes = {
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

export function readSharedPush(reader: Reader, end: number): schema.SharedPush {
  const message: schema.SharedPush = {
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

export function readCarriedPush(reader: Reader, end: number): schema.CarriedPush {
  const message: schema.CarriedPush = {
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

export function readRequestBatch(reader: Reader, end: number): schema.RequestBatch {
  const message: schema.RequestBatch = {
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

export function readPostedRequest(reader: Reader, end: number): schema.PostedRequest {
  const message: schema.PostedRequest = {
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

export function readRequest(reader: Reader, end: number): schema.Request {
  const message: schema.Request = {
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

export function readCaller(reader: Reader, end: number): schema.Caller {
  const message: schema.Caller = {
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

export function readAnsweredPositions(reader: Reader, end: number): schema.AnsweredPositions {
  const message: schema.AnsweredPositions = {
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

export function readEndedSync(reader: Reader, end: number): schema.EndedSync {
  const message: schema.EndedSync = {
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

export function readSignedInDevices(reader: Reader, end: number): schema.SignedInDevices {
  const message: schema.SignedInDevices = {
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

export function readAnswerBatch(reader: Reader, end: number): schema.AnswerBatch {
  const message: schema.AnswerBatch = {
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

export function readAnswer(reader: Reader, end: number): schema.Answer {
  const message: schema.Answer = {
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

export function readCovered(reader: Reader, end: number): schema.Covered {
  const message: schema.Covered = {
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

export function readIdentity(reader: Reader, end: number): schema.Identity {
  const message: schema.Identity = {
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

export function readSignedOutDevices(reader: Reader, end: number): schema.SignedOutDevices {
  const message: schema.SignedOutDevices = {
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

export const Announcement: WireType<schema.Announcement> = { write: writeAnnouncement, read: readAnnouncement };
export const GatewayLoad: WireType<schema.GatewayLoad> = { write: writeGatewayLoad, read: readGatewayLoad };
export const DeviceRevoked: WireType<schema.DeviceRevoked> = { write: writeDeviceRevoked, read: readDeviceRevoked };
export const PresenceNews: WireType<schema.PresenceNews> = { write: writePresenceNews, read: readPresenceNews };
export const AccountDevices: WireType<schema.AccountDevices> = { write: writeAccountDevices, read: readAccountDevices };
export const ConversationTyping: WireType<schema.ConversationTyping> = { write: writeConversationTyping, read: readConversationTyping };
export const PresenceQuestion: WireType<schema.PresenceQuestion> = { write: writePresenceQuestion, read: readPresenceQuestion };
export const Sight: WireType<schema.Sight> = { write: writeSight, read: readSight };
export const SeenAccount: WireType<schema.SeenAccount> = { write: writeSeenAccount, read: readSeenAccount };
export const SeenConversation: WireType<schema.SeenConversation> = { write: writeSeenConversation, read: readSeenConversation };
export const SightChanged: WireType<schema.SightChanged> = { write: writeSightChanged, read: readSightChanged };
export const LeftAccounts: WireType<schema.LeftAccounts> = { write: writeLeftAccounts, read: readLeftAccounts };
export const CarriedPushes: WireType<schema.CarriedPushes> = { write: writeCarriedPushes, read: readCarriedPushes };
export const SharedPushes: WireType<schema.SharedPushes> = { write: writeSharedPushes, read: readSharedPushes };
export const SharedPush: WireType<schema.SharedPush> = { write: writeSharedPush, read: readSharedPush };
export const CarriedPush: WireType<schema.CarriedPush> = { write: writeCarriedPush, read: readCarriedPush };
export const RequestBatch: WireType<schema.RequestBatch> = { write: writeRequestBatch, read: readRequestBatch };
export const PostedRequest: WireType<schema.PostedRequest> = { write: writePostedRequest, read: readPostedRequest };
export const Request: WireType<schema.Request> = { write: writeRequest, read: readRequest };
export const Caller: WireType<schema.Caller> = { write: writeCaller, read: readCaller };
export const AnsweredPositions: WireType<schema.AnsweredPositions> = { write: writeAnsweredPositions, read: readAnsweredPositions };
export const EndedSync: WireType<schema.EndedSync> = { write: writeEndedSync, read: readEndedSync };
export const SignedInDevices: WireType<schema.SignedInDevices> = { write: writeSignedInDevices, read: readSignedInDevices };
export const AnswerBatch: WireType<schema.AnswerBatch> = { write: writeAnswerBatch, read: readAnswerBatch };
export const Answer: WireType<schema.Answer> = { write: writeAnswer, read: readAnswer };
export const Covered: WireType<schema.Covered> = { write: writeCovered, read: readCovered };
export const Identity: WireType<schema.Identity> = { write: writeIdentity, read: readIdentity };
export const SignedOutDevices: WireType<schema.SignedOutDevices> = { write: writeSignedOutDevices, read: readSignedOutDevices };
