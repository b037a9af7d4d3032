// Generated from spec/hongyan/v1 by `npm run generate`. Do not edit.
import { NO_BYTES, type Reader } from '../reader.ts';
import type { WireType } from '../wire.ts';
import type { Writer } from '../writer.ts';
import type * as schema from './hongyan.ts';

export function writeContent(message: schema.Content, writer: Writer): void {
  const { kind } = message;
  switch (kind?.case) {
    case 'text':
      writer.message(10, kind.value, writeText);
      break;
    case 'bundle':
      writer.message(18, kind.value, writeBundle);
      break;
    case 'contact':
      writer.message(26, kind.value, writeContact);
      break;
  }
  if (message.replyToSeq) writer.uint64(80, message.replyToSeq);
  if (message.origin !== undefined) writer.message(90, message.origin, writeOrigin);
}

export function writeText(message: schema.Text, writer: Writer): void {
  if (message.text) writer.string(10, message.text);
  if (message.preview !== undefined) writer.message(18, message.preview, writeLinkPreview);
}

export function writeLinkPreview(message: schema.LinkPreview, writer: Writer): void {
  if (message.url) writer.string(10, message.url);
  if (message.title) writer.string(18, message.title);
  if (message.description) writer.string(26, message.description);
  if (message.siteName) writer.string(34, message.siteName);
}

export function writeOrigin(message: schema.Origin, writer: Writer): void {
  if (message.senderId) writer.string(10, message.senderId);
}

export function writeBundle(message: schema.Bundle, writer: Writer): void {
  if (message.title) writer.string(10, message.title);
  for (const item of message.messages) writer.message(18, item, writeBundledMessage);
}

export function writeBundledMessage(message: schema.BundledMessage, writer: Writer): void {
  if (message.senderId) writer.string(10, message.senderId);
  if (message.senderName) writer.string(18, message.senderName);
  if (message.timeMs) writer.uint64(24, message.timeMs);
  if (message.content.length > 0) writer.bytes(34, message.content);
}

export function writeContact(message: schema.Contact, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
}

export function writeEntry(message: schema.Entry, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.seq) writer.uint64(16, message.seq);
  if (message.kind) writer.uint32(24, message.kind);
  if (message.senderId) writer.string(34, message.senderId);
  if (message.clientMessageId) writer.string(42, message.clientMessageId);
  if (message.clientTimeMs) writer.uint64(48, message.clientTimeMs);
  if (message.serverTimeMs) writer.uint64(56, message.serverTimeMs);
  if (message.body.length > 0) writer.bytes(66, message.body);
  if (message.header !== undefined) writer.message(74, message.header, writeEntryHeader);
}

export function writeEntryHeader(message: schema.EntryHeader, writer: Writer): void {
  if (message.targetSeq) writer.uint64(8, message.targetSeq);
  for (const item of message.mentionedIds) writer.string(18, item);
  if (message.mentionsAll) writer.bool(24, message.mentionsAll);
  if (message.lifetimeMs) writer.uint64(32, message.lifetimeMs);
  if (message.livesFromRead) writer.bool(40, message.livesFromRead);
}

export function writeReaction(message: schema.Reaction, writer: Writer): void {
  for (const item of message.emoji) writer.string(10, item);
}

export function writeGroupCreated(message: schema.GroupCreated, writer: Writer): void {
  if (message.name) writer.string(10, message.name);
}

export function writeGroupPolicy(message: schema.GroupPolicy, writer: Writer): void {
  if (message.membersInvite) writer.bool(8, message.membersInvite);
  if (message.membersMentionAll) writer.bool(16, message.membersMentionAll);
  if (message.membersPin) writer.bool(24, message.membersPin);
  if (message.membersEdit) writer.bool(32, message.membersEdit);
  if (message.joining) writer.uint32(40, message.joining);
  if (message.question) writer.string(50, message.question);
  if (message.historyForNewcomers) writer.bool(56, message.historyForNewcomers);
  if (message.muted) writer.bool(64, message.muted);
  if (message.receiptsHidden) writer.bool(72, message.receiptsHidden);
  if (message.answer) writer.string(82, message.answer);
}

export function writeFacts(message: schema.Facts, writer: Writer): void {
  if (message.seq) writer.uint64(8, message.seq);
  if (message.name) writer.string(18, message.name);
  if (message.avatar) writer.string(26, message.avatar);
  if (message.announcement) writer.string(34, message.announcement);
  if (message.announcementSeq) writer.uint64(40, message.announcementSeq);
  if (message.pinnedSeqs.length > 0) writer.packed(50, message.pinnedSeqs);
  if (message.lifetimeMs) writer.uint64(56, message.lifetimeMs);
  if (message.policy !== undefined) writer.message(66, message.policy, writeGroupPolicy);
  if (message.memberCount) writer.uint32(72, message.memberCount);
  if (message.dissolved) writer.bool(80, message.dissolved);
  if (message.linkCode) writer.string(90, message.linkCode);
}

export function writeConversationChange(message: schema.ConversationChange, writer: Writer): void {
  const { change } = message;
  switch (change?.case) {
    case 'name':
      writer.string(10, change.value);
      break;
    case 'avatar':
      writer.string(18, change.value);
      break;
    case 'announcement':
      writer.string(26, change.value);
      break;
    case 'pinnedSeq':
      writer.uint64(32, change.value);
      break;
    case 'unpinnedSeq':
      writer.uint64(40, change.value);
      break;
    case 'lifetimeMs':
      writer.uint64(48, change.value);
      break;
    case 'policy':
      writer.message(58, change.value, writeGroupPolicy);
      break;
    case 'membersAdded':
      writer.message(66, change.value, writeMembersAdded);
      break;
    case 'membersRemoved':
      writer.message(74, change.value, writeMembersRemoved);
      break;
    case 'left':
      writer.message(82, change.value, writeLeft);
      break;
    case 'roleGiven':
      writer.message(90, change.value, writeRoleGiven);
      break;
    case 'memberMuted':
      writer.message(98, change.value, writeMemberMuted);
      break;
    case 'nickname':
      writer.string(106, change.value);
      break;
    case 'dissolved':
      writer.message(114, change.value, writeDissolved);
      break;
    case 'linkCode':
      writer.string(122, change.value);
      break;
  }
}

export function writeMembersAdded(message: schema.MembersAdded, writer: Writer): void {
  for (const item of message.userIds) writer.string(10, item);
}

export function writeMembersRemoved(message: schema.MembersRemoved, writer: Writer): void {
  for (const item of message.userIds) writer.string(10, item);
}

export function writeLeft(): void {}

export function writeDissolved(): void {}

export function writeRoleGiven(message: schema.RoleGiven, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  if (message.role) writer.uint32(16, message.role);
}

export function writeMemberMuted(message: schema.MemberMuted, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  if (message.untilMs) writer.uint64(16, message.untilMs);
}

export function writeMember(message: schema.Member, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  if (message.role) writer.uint32(16, message.role);
  if (message.nickname) writer.string(26, message.nickname);
  if (message.mutedUntilMs) writer.uint64(32, message.mutedUntilMs);
}

export function writeMembership(message: schema.Membership, writer: Writer): void {
  if (message.role) writer.uint32(8, message.role);
  if (message.firstSeq) writer.uint64(16, message.firstSeq);
  if (message.former) writer.bool(24, message.former);
  if (message.mutedUntilMs) writer.uint64(32, message.mutedUntilMs);
  if (message.nickname) writer.string(42, message.nickname);
}

export function writeCursor(message: schema.Cursor, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  if (message.deliveredSeq) writer.uint64(16, message.deliveredSeq);
  if (message.readSeq) writer.uint64(24, message.readSeq);
}

export function writeConversationState(message: schema.ConversationState, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.kind) writer.uint32(16, message.kind);
  if (message.lastSeq) writer.uint64(24, message.lastSeq);
  for (const item of message.cursors) writer.message(34, item, writeCursor);
  if (message.unreadCount) writer.uint64(40, message.unreadCount);
  if (message.facts !== undefined) writer.message(50, message.facts, writeFacts);
  if (message.membership !== undefined) writer.message(58, message.membership, writeMembership);
  if (message.mentionCount) writer.uint64(64, message.mentionCount);
}

export function writeCommand(message: schema.Command, writer: Writer): void {
  if (message.id) writer.uint32(8, message.id);
  const { body } = message;
  switch (body?.case) {
    case 'hello':
      writer.message(18, body.value, writeHello);
      break;
    case 'ping':
      writer.message(26, body.value, writePing);
      break;
    case 'sendMessage':
      writer.message(34, body.value, writeSendMessage);
      break;
    case 'advanceCursor':
      writer.message(42, body.value, writeAdvanceCursor);
      break;
    case 'fetchEntries':
      writer.message(50, body.value, writeFetchEntries);
      break;
    case 'fetchConversation':
      writer.message(58, body.value, writeFetchConversation);
      break;
    case 'fetchUserEvents':
      writer.message(66, body.value, writeFetchUserEvents);
      break;
    case 'statePositions':
      writer.message(74, body.value, writeStatePositions);
      break;
    case 'synchronise':
      writer.message(82, body.value, writeSynchronise);
      break;
    case 'setRecord':
      writer.message(90, body.value, writeSetRecord);
      break;
    case 'changeConversation':
      writer.message(98, body.value, writeChangeConversation);
      break;
    case 'fetchChanges':
      writer.message(106, body.value, writeFetchChanges);
      break;
    case 'fetchMembers':
      writer.message(114, body.value, writeFetchMembers);
      break;
    case 'fetchReceiptCounts':
      writer.message(122, body.value, writeFetchReceiptCounts);
      break;
    case 'fetchReceivers':
      writer.message(130, body.value, writeFetchReceivers);
      break;
    case 'search':
      writer.message(162, body.value, writeSearch);
      break;
    case 'watch':
      writer.message(322, body.value, writeWatch);
      break;
    case 'stateDevice':
      writer.message(330, body.value, writeStateDevice);
      break;
    case 'typing':
      writer.message(338, body.value, writeTyping);
      break;
  }
}

export function writeServerFrame(message: schema.ServerFrame, writer: Writer): void {
  const { frame } = message;
  switch (frame?.case) {
    case 'reply':
      writer.message(10, frame.value, writeReply);
      break;
    case 'push':
      writer.message(18, frame.value, writePush);
      break;
  }
}

export function writeReply(message: schema.Reply, writer: Writer): void {
  if (message.id) writer.uint32(8, message.id);
  const { body } = message;
  switch (body?.case) {
    case 'error':
      writer.message(18, body.value, writeError);
      break;
    case 'done':
      writer.message(26, body.value, writeDone);
      break;
    case 'welcome':
      writer.message(34, body.value, writeWelcome);
      break;
    case 'pong':
      writer.message(42, body.value, writePong);
      break;
    case 'messageSent':
      writer.message(50, body.value, writeMessageSent);
      break;
    case 'entryPage':
      writer.message(58, body.value, writeEntryPage);
      break;
    case 'conversationUpdate':
      writer.message(66, body.value, writeConversationUpdate);
      break;
    case 'userEventPage':
      writer.message(74, body.value, writeUserEventPage);
      break;
    case 'memberPage':
      writer.message(82, body.value, writeMemberPage);
      break;
    case 'receiptCounts':
      writer.message(90, body.value, writeReceiptCounts);
      break;
    case 'receivers':
      writer.message(98, body.value, writeReceivers);
      break;
    case 'searchPage':
      writer.message(162, body.value, writeSearchPage);
      break;
  }
}

export function writeDone(): void {}

export function writePush(message: schema.Push, writer: Writer): void {
  const { body } = message;
  switch (body?.case) {
    case 'entry':
      writer.message(10, body.value, writeEntry);
      break;
    case 'receipt':
      writer.message(18, body.value, writeReceipt);
      break;
    case 'conversationUpdate':
      writer.message(26, body.value, writeConversationUpdate);
      break;
    case 'userEvent':
      writer.message(34, body.value, writeUserEvent);
      break;
    case 'synced':
      writer.message(42, body.value, writeSynced);
      break;
    case 'closing':
      writer.message(50, body.value, writeClosing);
      break;
    case 'positionsWanted':
      writer.message(58, body.value, writePositionsWanted);
      break;
    case 'records':
      writer.message(66, body.value, writeRecords);
      break;
    case 'comparisonWanted':
      writer.message(74, body.value, writeComparisonWanted);
      break;
    case 'receipts':
      writer.message(82, body.value, writeReceipts);
      break;
    case 'presenceChanged':
      writer.message(322, body.value, writePresenceChanged);
      break;
    case 'typingChanged':
      writer.message(330, body.value, writeTypingChanged);
      break;
  }
}

export function writeError(message: schema.Error, writer: Writer): void {
  if (message.code) writer.uint32(8, message.code);
  if (message.message) writer.string(18, message.message);
  if (message.retryAfterMs) writer.uint32(24, message.retryAfterMs);
}

export function writeSendMessage(message: schema.SendMessage, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.clientMessageId) writer.string(18, message.clientMessageId);
  if (message.clientTimeMs) writer.uint64(24, message.clientTimeMs);
  if (message.body.length > 0) writer.bytes(34, message.body);
  if (message.header !== undefined) writer.message(42, message.header, writeEntryHeader);
}

export function writeChangeConversation(message: schema.ChangeConversation, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.clientMessageId) writer.string(18, message.clientMessageId);
  if (message.clientTimeMs) writer.uint64(24, message.clientTimeMs);
  if (message.kind) writer.uint32(32, message.kind);
  if (message.header !== undefined) writer.message(42, message.header, writeEntryHeader);
  if (message.body.length > 0) writer.bytes(50, message.body);
}

export function writeMessageSent(message: schema.MessageSent, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.seq) writer.uint64(16, message.seq);
  if (message.serverTimeMs) writer.uint64(24, message.serverTimeMs);
  if (message.header !== undefined) writer.message(34, message.header, writeEntryHeader);
}

export function writeFetchEntries(message: schema.FetchEntries, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.afterSeq) writer.uint64(16, message.afterSeq);
  if (message.beforeSeq) writer.uint64(24, message.beforeSeq);
  if (message.limit) writer.uint32(32, message.limit);
}

export function writeEntryPage(message: schema.EntryPage, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  for (const item of message.entries) writer.message(18, item, writeEntry);
  if (message.lastSeq) writer.uint64(24, message.lastSeq);
  for (const item of message.changes) writer.message(34, item, writeEntry);
}

export function writeFetchChanges(message: schema.FetchChanges, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.targetSeq) writer.uint64(16, message.targetSeq);
  if (message.afterSeq) writer.uint64(24, message.afterSeq);
  if (message.limit) writer.uint32(32, message.limit);
}

export function writeFetchMembers(message: schema.FetchMembers, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.query) writer.string(18, message.query);
  if (message.after) writer.string(26, message.after);
  if (message.limit) writer.uint32(32, message.limit);
}

export function writeMemberPage(message: schema.MemberPage, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  for (const item of message.members) writer.message(18, item, writeMember);
  if (message.next) writer.string(26, message.next);
}

export function writeWatch(message: schema.Watch, writer: Writer): void {
  for (const item of message.userIds) writer.string(10, item);
  for (const item of message.conversationIds) writer.string(18, item);
}

export function writeStateDevice(message: schema.StateDevice, writer: Writer): void {
  if (message.kind) writer.uint32(8, message.kind);
  if (message.isIdle) writer.bool(16, message.isIdle);
}

export function writeTyping(message: schema.Typing, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.kind) writer.uint32(16, message.kind);
}

export function writePresenceChanged(message: schema.PresenceChanged, writer: Writer): void {
  for (const item of message.presences) writer.message(10, item, writePresence);
}

export function writePresence(message: schema.Presence, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  if (message.state) writer.uint32(16, message.state);
  for (const item of message.devices) writer.message(26, item, writeDevicePresence);
  if (message.lastSeenMs) writer.uint64(32, message.lastSeenMs);
}

export function writeDevicePresence(message: schema.DevicePresence, writer: Writer): void {
  if (message.kind) writer.uint32(8, message.kind);
  if (message.isIdle) writer.bool(16, message.isIdle);
}

export function writeTypingChanged(message: schema.TypingChanged, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  for (const item of message.typists) writer.message(18, item, writeTypist);
}

export function writeTypist(message: schema.Typist, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  if (message.kind) writer.uint32(16, message.kind);
}

export function writeAdvanceCursor(message: schema.AdvanceCursor, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.deliveredSeq) writer.uint64(16, message.deliveredSeq);
  if (message.readSeq) writer.uint64(24, message.readSeq);
}

export function writeReceipt(message: schema.Receipt, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.userId) writer.string(18, message.userId);
  if (message.deliveredSeq) writer.uint64(24, message.deliveredSeq);
  if (message.readSeq) writer.uint64(32, message.readSeq);
}

export function writeReceipts(message: schema.Receipts, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  for (const item of message.cursors) writer.message(18, item, writeCursor);
}

export function writeFetchReceiptCounts(message: schema.FetchReceiptCounts, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.seqs.length > 0) writer.packed(18, message.seqs);
}

export function writeReceiptCounts(message: schema.ReceiptCounts, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  for (const item of message.counts) writer.message(18, item, writeReceiptCount);
}

export function writeReceiptCount(message: schema.ReceiptCount, writer: Writer): void {
  if (message.seq) writer.uint64(8, message.seq);
  if (message.read) writer.uint32(16, message.read);
  if (message.delivered) writer.uint32(24, message.delivered);
  if (message.missing) writer.uint32(32, message.missing);
}

export function writeFetchReceivers(message: schema.FetchReceivers, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.seq) writer.uint64(16, message.seq);
  if (message.stage) writer.uint32(24, message.stage);
  if (message.after) writer.string(34, message.after);
  if (message.limit) writer.uint32(40, message.limit);
}

export function writeReceivers(message: schema.Receivers, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.seq) writer.uint64(16, message.seq);
  for (const item of message.userIds) writer.string(26, item);
  if (message.more) writer.bool(32, message.more);
}

export function writeAccountRecord(message: schema.AccountRecord, writer: Writer): void {
  if (message.key) writer.string(10, message.key);
  if (message.changedAtMs) writer.uint64(16, message.changedAtMs);
  if (message.value.length > 0) writer.bytes(26, message.value);
}

export function writeSetRecord(message: schema.SetRecord, writer: Writer): void {
  if (message.record !== undefined) writer.message(10, message.record, writeAccountRecord);
}

export function writeRecords(message: schema.Records, writer: Writer): void {
  for (const item of message.records) writer.message(10, item, writeAccountRecord);
}

export function writeDraft(message: schema.Draft, writer: Writer): void {
  if (message.text) writer.string(10, message.text);
}

export function writeCleared(message: schema.Cleared, writer: Writer): void {
  if (message.throughSeq) writer.uint64(8, message.throughSeq);
  if (message.readSeq) writer.uint64(16, message.readSeq);
  if (message.unreadCount) writer.uint32(24, message.unreadCount);
}

export function writeMarkedUnread(message: schema.MarkedUnread, writer: Writer): void {
  if (message.throughSeq) writer.uint64(8, message.throughSeq);
}

export function writeSetting(message: schema.Setting, writer: Writer): void {
  if (message.value) writer.string(10, message.value);
}

export function writeWish(message: schema.Wish, writer: Writer): void {
  if (message.wanted) writer.bool(8, message.wanted);
  if (message.greeting) writer.string(18, message.greeting);
}

export function writeBlock(message: schema.Block, writer: Writer): void {
  if (message.blocked) writer.bool(8, message.blocked);
}

export function writeRemark(message: schema.Remark, writer: Writer): void {
  if (message.name) writer.string(10, message.name);
  for (const item of message.labels) writer.string(18, item);
}

export function writeAsking(message: schema.Asking, writer: Writer): void {
  if (message.linkCode) writer.string(10, message.linkCode);
  if (message.text) writer.string(18, message.text);
}

export function writeSearch(message: schema.Search, writer: Writer): void {
  if (message.text) writer.string(10, message.text);
  for (const item of message.conversationIds) writer.string(18, item);
  for (const item of message.senderIds) writer.string(26, item);
  if (message.kinds.length > 0) writer.packed(34, message.kinds);
  if (message.fromMs) writer.uint64(40, message.fromMs);
  if (message.toMs) writer.uint64(48, message.toMs);
  if (message.before !== undefined) writer.message(58, message.before, writeSearchCursor);
  if (message.limit) writer.uint32(64, message.limit);
}

export function writeSearchCursor(message: schema.SearchCursor, writer: Writer): void {
  if (message.timeMs) writer.uint64(8, message.timeMs);
  for (const item of message.positions) writer.message(18, item, writeSearchPosition);
}

export function writeSearchPosition(message: schema.SearchPosition, writer: Writer): void {
  if (message.conversationHash) writer.uint64(8, message.conversationHash);
  if (message.beforeSeq) writer.uint64(16, message.beforeSeq);
  if (message.timeMs) writer.uint64(24, message.timeMs);
}

export function writeSearchPage(message: schema.SearchPage, writer: Writer): void {
  for (const item of message.hits) writer.message(10, item, writeSearchHit);
  if (message.next !== undefined) writer.message(18, message.next, writeSearchCursor);
}

export function writeSearchHit(message: schema.SearchHit, writer: Writer): void {
  if (message.entry !== undefined) writer.message(10, message.entry, writeEntry);
  for (const item of message.changes) writer.message(18, item, writeEntry);
}

export function writeHello(message: schema.Hello, writer: Writer): void {
  if (message.protocolVersion) writer.uint32(8, message.protocolVersion);
  if (message.features.length > 0) writer.packed(18, message.features);
  if (message.accessToken) writer.string(26, message.accessToken);
  if (message.client) writer.string(34, message.client);
  if (message.holdings !== undefined) writer.message(42, message.holdings, writeHoldings);
  if (message.resume !== undefined) writer.message(50, message.resume, writeResume);
}

export function writeResume(message: schema.Resume, writer: Writer): void {
  if (message.sessionId) writer.string(10, message.sessionId);
  if (message.pushesReceived) writer.uint64(16, message.pushesReceived);
}

export function writeWelcome(message: schema.Welcome, writer: Writer): void {
  if (message.protocolVersion) writer.uint32(8, message.protocolVersion);
  if (message.features.length > 0) writer.packed(18, message.features);
  if (message.sessionId) writer.string(26, message.sessionId);
  if (message.userId) writer.string(34, message.userId);
  if (message.deviceId) writer.string(42, message.deviceId);
  if (message.serverTimeMs) writer.uint64(48, message.serverTimeMs);
  if (message.limits !== undefined) writer.message(58, message.limits, writeLimits);
  if (message.resumed) writer.bool(64, message.resumed);
}

export function writeLimits(message: schema.Limits, writer: Writer): void {
  if (message.frameBytesMax) writer.uint32(8, message.frameBytesMax);
  if (message.bodyBytesMax) writer.uint32(16, message.bodyBytesMax);
  if (message.clientMessageIdBytesMax) writer.uint32(24, message.clientMessageIdBytesMax);
  if (message.positionsMax) writer.uint32(32, message.positionsMax);
  if (message.pageEntriesMax) writer.uint32(40, message.pageEntriesMax);
  if (message.commandsInFlightMax) writer.uint32(48, message.commandsInFlightMax);
  if (message.unreadCountMax) writer.uint32(56, message.unreadCountMax);
  if (message.heartbeatIntervalMs) writer.uint32(64, message.heartbeatIntervalMs);
  if (message.heartbeatIntervalMaxMs) writer.uint32(72, message.heartbeatIntervalMaxMs);
  if (message.recordKeyBytesMax) writer.uint32(80, message.recordKeyBytesMax);
  if (message.recordValueBytesMax) writer.uint32(88, message.recordValueBytesMax);
  if (message.editWithinMs) writer.uint64(96, message.editWithinMs);
  if (message.recallWithinMs) writer.uint64(104, message.recallWithinMs);
  if (message.watchedUsersMax) writer.uint32(320, message.watchedUsersMax);
  if (message.watchedConversationsMax) writer.uint32(328, message.watchedConversationsMax);
}

export function writePing(message: schema.Ping, writer: Writer): void {
  if (message.nextWithinMs) writer.uint32(8, message.nextWithinMs);
  if (message.compare) writer.bool(16, message.compare);
  if (message.userSeq) writer.uint64(24, message.userSeq);
  if (message.digest) writer.uint32(32, message.digest);
}

export function writePong(message: schema.Pong, writer: Writer): void {
  if (message.serverTimeMs) writer.uint64(8, message.serverTimeMs);
  if (message.differs) writer.bool(16, message.differs);
}

export function writeComparisonWanted(message: schema.ComparisonWanted, writer: Writer): void {
  if (message.withinMs) writer.uint32(8, message.withinMs);
}

export function writeClosing(message: schema.Closing, writer: Writer): void {
  if (message.code) writer.uint32(8, message.code);
  if (message.reason) writer.string(18, message.reason);
  if (message.retryAfterMs) writer.uint32(24, message.retryAfterMs);
}

export function writeHoldings(message: schema.Holdings, writer: Writer): void {
  if (message.userSeq) writer.uint64(8, message.userSeq);
  for (const item of message.positions) writer.message(18, item, writePosition);
  if (message.digestBits) writer.uint32(24, message.digestBits);
  if (message.digests.length > 0) writer.bytes(34, message.digests);
}

export function writePosition(message: schema.Position, writer: Writer): void {
  if (message.conversationHash) writer.uint64(8, message.conversationHash);
  if (message.seq) writer.uint64(16, message.seq);
  if (message.readSeq) writer.uint64(24, message.readSeq);
  if (message.cursorSum) writer.uint64(32, message.cursorSum);
}

export function writePositionsWanted(message: schema.PositionsWanted, writer: Writer): void {
  if (message.buckets.length > 0) writer.packed(10, message.buckets);
}

export function writeStatePositions(message: schema.StatePositions, writer: Writer): void {
  for (const item of message.positions) writer.message(10, item, writePosition);
}

export function writeSynchronise(message: schema.Synchronise, writer: Writer): void {
  if (message.holdings !== undefined) writer.message(10, message.holdings, writeHoldings);
}

export function writeConversationUpdate(message: schema.ConversationUpdate, writer: Writer): void {
  if (message.state !== undefined) writer.message(10, message.state, writeConversationState);
  for (const item of message.entries) writer.message(18, item, writeEntry);
}

export function writeSynced(message: schema.Synced, writer: Writer): void {
  if (message.userSeq) writer.uint64(8, message.userSeq);
  if (message.serverTimeMs) writer.uint64(16, message.serverTimeMs);
}

export function writeUserEvent(message: schema.UserEvent, writer: Writer): void {
  if (message.seq) writer.uint64(8, message.seq);
  if (message.timeMs) writer.uint64(16, message.timeMs);
  const { event } = message;
  switch (event?.case) {
    case 'conversationJoined':
      writer.message(26, event.value, writeConversationJoined);
      break;
    case 'readMoved':
      writer.message(34, event.value, writeReadMoved);
      break;
    case 'deviceAdded':
      writer.message(42, event.value, writeDeviceAdded);
      break;
    case 'recordChanged':
      writer.message(50, event.value, writeAccountRecord);
      break;
    case 'deviceRenamed':
      writer.message(162, event.value, writeDeviceRenamed);
      break;
    case 'deviceRemoved':
      writer.message(170, event.value, writeDeviceRemoved);
      break;
  }
}

export function writeConversationJoined(message: schema.ConversationJoined, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
}

export function writeReadMoved(message: schema.ReadMoved, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.readSeq) writer.uint64(16, message.readSeq);
}

export function writeDeviceAdded(message: schema.DeviceAdded, writer: Writer): void {
  if (message.deviceId) writer.string(10, message.deviceId);
  if (message.name) writer.string(18, message.name);
}

export function writeDeviceRenamed(message: schema.DeviceRenamed, writer: Writer): void {
  if (message.deviceId) writer.string(10, message.deviceId);
  if (message.name) writer.string(18, message.name);
}

export function writeDeviceRemoved(message: schema.DeviceRemoved, writer: Writer): void {
  if (message.deviceId) writer.string(10, message.deviceId);
}

export function writeFetchUserEvents(message: schema.FetchUserEvents, writer: Writer): void {
  if (message.afterSeq) writer.uint64(8, message.afterSeq);
  if (message.limit) writer.uint32(16, message.limit);
}

export function writeUserEventPage(message: schema.UserEventPage, writer: Writer): void {
  for (const item of message.events) writer.message(10, item, writeUserEvent);
  if (message.lastSeq) writer.uint64(16, message.lastSeq);
}

export function writeFetchConversation(message: schema.FetchConversation, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.limit) writer.uint32(16, message.limit);
}

export function readContent(reader: Reader, end: number): schema.Content {
  const message: schema.Content = {
    kind: undefined,
    replyToSeq: 0,
    origin: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.kind = { case: 'text', value: readText(reader, reader.end()) };
        break;
      case 18:
        message.kind = { case: 'bundle', value: readBundle(reader, reader.end()) };
        break;
      case 26:
        message.kind = { case: 'contact', value: readContact(reader, reader.end()) };
        break;
      case 80:
        message.replyToSeq = reader.uint64();
        break;
      case 90:
        message.origin = readOrigin(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readText(reader: Reader, end: number): schema.Text {
  const message: schema.Text = {
    text: '',
    preview: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.text = reader.string();
        break;
      case 18:
        message.preview = readLinkPreview(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readLinkPreview(reader: Reader, end: number): schema.LinkPreview {
  const message: schema.LinkPreview = {
    url: '',
    title: '',
    description: '',
    siteName: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.url = reader.string();
        break;
      case 18:
        message.title = reader.string();
        break;
      case 26:
        message.description = reader.string();
        break;
      case 34:
        message.siteName = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readOrigin(reader: Reader, end: number): schema.Origin {
  const message: schema.Origin = {
    senderId: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.senderId = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readBundle(reader: Reader, end: number): schema.Bundle {
  const message: schema.Bundle = {
    title: '',
    messages: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.title = reader.string();
        break;
      case 18:
        message.messages.push(readBundledMessage(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readBundledMessage(reader: Reader, end: number): schema.BundledMessage {
  const message: schema.BundledMessage = {
    senderId: '',
    senderName: '',
    timeMs: 0,
    content: NO_BYTES,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.senderId = reader.string();
        break;
      case 18:
        message.senderName = reader.string();
        break;
      case 24:
        message.timeMs = reader.uint64();
        break;
      case 34:
        message.content = reader.bytes();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readContact(reader: Reader, end: number): schema.Contact {
  const message: schema.Contact = {
    userId: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readEntry(reader: Reader, end: number): schema.Entry {
  const message: schema.Entry = {
    conversationId: '',
    seq: 0,
    kind: 0,
    senderId: '',
    clientMessageId: '',
    clientTimeMs: 0,
    serverTimeMs: 0,
    body: NO_BYTES,
    header: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.seq = reader.uint64();
        break;
      case 24:
        message.kind = reader.uint32() as schema.EntryKind;
        break;
      case 34:
        message.senderId = reader.string();
        break;
      case 42:
        message.clientMessageId = reader.string();
        break;
      case 48:
        message.clientTimeMs = reader.uint64();
        break;
      case 56:
        message.serverTimeMs = reader.uint64();
        break;
      case 66:
        message.body = reader.bytes();
        break;
      case 74:
        message.header = readEntryHeader(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readEntryHeader(reader: Reader, end: number): schema.EntryHeader {
  const message: schema.EntryHeader = {
    targetSeq: 0,
    mentionedIds: [],
    mentionsAll: false,
    lifetimeMs: 0,
    livesFromRead: false,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.targetSeq = reader.uint64();
        break;
      case 18:
        message.mentionedIds.push(reader.string());
        break;
      case 24:
        message.mentionsAll = reader.bool();
        break;
      case 32:
        message.lifetimeMs = reader.uint64();
        break;
      case 40:
        message.livesFromRead = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readReaction(reader: Reader, end: number): schema.Reaction {
  const message: schema.Reaction = {
    emoji: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.emoji.push(reader.string());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readGroupCreated(reader: Reader, end: number): schema.GroupCreated {
  const message: schema.GroupCreated = {
    name: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.name = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readGroupPolicy(reader: Reader, end: number): schema.GroupPolicy {
  const message: schema.GroupPolicy = {
    membersInvite: false,
    membersMentionAll: false,
    membersPin: false,
    membersEdit: false,
    joining: 0,
    question: '',
    historyForNewcomers: false,
    muted: false,
    receiptsHidden: false,
    answer: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.membersInvite = reader.bool();
        break;
      case 16:
        message.membersMentionAll = reader.bool();
        break;
      case 24:
        message.membersPin = reader.bool();
        break;
      case 32:
        message.membersEdit = reader.bool();
        break;
      case 40:
        message.joining = reader.uint32() as schema.Joining;
        break;
      case 50:
        message.question = reader.string();
        break;
      case 82:
        message.answer = reader.string();
        break;
      case 56:
        message.historyForNewcomers = reader.bool();
        break;
      case 64:
        message.muted = reader.bool();
        break;
      case 72:
        message.receiptsHidden = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readFacts(reader: Reader, end: number): schema.Facts {
  const message: schema.Facts = {
    seq: 0,
    name: '',
    avatar: '',
    announcement: '',
    announcementSeq: 0,
    pinnedSeqs: [],
    lifetimeMs: 0,
    policy: undefined,
    memberCount: 0,
    dissolved: false,
    linkCode: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.seq = reader.uint64();
        break;
      case 18:
        message.name = reader.string();
        break;
      case 26:
        message.avatar = reader.string();
        break;
      case 34:
        message.announcement = reader.string();
        break;
      case 40:
        message.announcementSeq = reader.uint64();
        break;
      case 48:
        message.pinnedSeqs.push(reader.uint64());
        break;
      case 50:
        reader.packed(message.pinnedSeqs, () => reader.uint64());
        break;
      case 56:
        message.lifetimeMs = reader.uint64();
        break;
      case 66:
        message.policy = readGroupPolicy(reader, reader.end());
        break;
      case 72:
        message.memberCount = reader.uint32();
        break;
      case 80:
        message.dissolved = reader.bool();
        break;
      case 90:
        message.linkCode = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readConversationChange(reader: Reader, end: number): schema.ConversationChange {
  const message: schema.ConversationChange = {
    change: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.change = { case: 'name', value: reader.string() };
        break;
      case 18:
        message.change = { case: 'avatar', value: reader.string() };
        break;
      case 26:
        message.change = { case: 'announcement', value: reader.string() };
        break;
      case 32:
        message.change = { case: 'pinnedSeq', value: reader.uint64() };
        break;
      case 40:
        message.change = { case: 'unpinnedSeq', value: reader.uint64() };
        break;
      case 48:
        message.change = { case: 'lifetimeMs', value: reader.uint64() };
        break;
      case 58:
        message.change = { case: 'policy', value: readGroupPolicy(reader, reader.end()) };
        break;
      case 66:
        message.change = { case: 'membersAdded', value: readMembersAdded(reader, reader.end()) };
        break;
      case 74:
        message.change = { case: 'membersRemoved', value: readMembersRemoved(reader, reader.end()) };
        break;
      case 82:
        message.change = { case: 'left', value: readLeft(reader, reader.end()) };
        break;
      case 90:
        message.change = { case: 'roleGiven', value: readRoleGiven(reader, reader.end()) };
        break;
      case 98:
        message.change = { case: 'memberMuted', value: readMemberMuted(reader, reader.end()) };
        break;
      case 106:
        message.change = { case: 'nickname', value: reader.string() };
        break;
      case 114:
        message.change = { case: 'dissolved', value: readDissolved(reader, reader.end()) };
        break;
      case 122:
        message.change = { case: 'linkCode', value: reader.string() };
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readMembersAdded(reader: Reader, end: number): schema.MembersAdded {
  const message: schema.MembersAdded = {
    userIds: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userIds.push(reader.string());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readMembersRemoved(reader: Reader, end: number): schema.MembersRemoved {
  const message: schema.MembersRemoved = {
    userIds: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userIds.push(reader.string());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readLeft(reader: Reader, end: number): schema.Left {
  const message: schema.Left = {

  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readDissolved(reader: Reader, end: number): schema.Dissolved {
  const message: schema.Dissolved = {

  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readRoleGiven(reader: Reader, end: number): schema.RoleGiven {
  const message: schema.RoleGiven = {
    userId: '',
    role: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      case 16:
        message.role = reader.uint32() as schema.Role;
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readMemberMuted(reader: Reader, end: number): schema.MemberMuted {
  const message: schema.MemberMuted = {
    userId: '',
    untilMs: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      case 16:
        message.untilMs = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readMember(reader: Reader, end: number): schema.Member {
  const message: schema.Member = {
    userId: '',
    role: 0,
    nickname: '',
    mutedUntilMs: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      case 16:
        message.role = reader.uint32() as schema.Role;
        break;
      case 26:
        message.nickname = reader.string();
        break;
      case 32:
        message.mutedUntilMs = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readMembership(reader: Reader, end: number): schema.Membership {
  const message: schema.Membership = {
    role: 0,
    firstSeq: 0,
    former: false,
    mutedUntilMs: 0,
    nickname: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.role = reader.uint32() as schema.Role;
        break;
      case 16:
        message.firstSeq = reader.uint64();
        break;
      case 24:
        message.former = reader.bool();
        break;
      case 32:
        message.mutedUntilMs = reader.uint64();
        break;
      case 42:
        message.nickname = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readCursor(reader: Reader, end: number): schema.Cursor {
  const message: schema.Cursor = {
    userId: '',
    deliveredSeq: 0,
    readSeq: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      case 16:
        message.deliveredSeq = reader.uint64();
        break;
      case 24:
        message.readSeq = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readConversationState(reader: Reader, end: number): schema.ConversationState {
  const message: schema.ConversationState = {
    conversationId: '',
    kind: 0,
    lastSeq: 0,
    cursors: [],
    unreadCount: 0,
    facts: undefined,
    membership: undefined,
    mentionCount: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.kind = reader.uint32() as schema.ConversationKind;
        break;
      case 24:
        message.lastSeq = reader.uint64();
        break;
      case 34:
        message.cursors.push(readCursor(reader, reader.end()));
        break;
      case 40:
        message.unreadCount = reader.uint64();
        break;
      case 50:
        message.facts = readFacts(reader, reader.end());
        break;
      case 58:
        message.membership = readMembership(reader, reader.end());
        break;
      case 64:
        message.mentionCount = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readCommand(reader: Reader, end: number): schema.Command {
  const message: schema.Command = {
    id: 0,
    body: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.id = reader.uint32();
        break;
      case 18:
        message.body = { case: 'hello', value: readHello(reader, reader.end()) };
        break;
      case 26:
        message.body = { case: 'ping', value: readPing(reader, reader.end()) };
        break;
      case 34:
        message.body = { case: 'sendMessage', value: readSendMessage(reader, reader.end()) };
        break;
      case 42:
        message.body = { case: 'advanceCursor', value: readAdvanceCursor(reader, reader.end()) };
        break;
      case 50:
        message.body = { case: 'fetchEntries', value: readFetchEntries(reader, reader.end()) };
        break;
      case 58:
        message.body = { case: 'fetchConversation', value: readFetchConversation(reader, reader.end()) };
        break;
      case 66:
        message.body = { case: 'fetchUserEvents', value: readFetchUserEvents(reader, reader.end()) };
        break;
      case 74:
        message.body = { case: 'statePositions', value: readStatePositions(reader, reader.end()) };
        break;
      case 82:
        message.body = { case: 'synchronise', value: readSynchronise(reader, reader.end()) };
        break;
      case 90:
        message.body = { case: 'setRecord', value: readSetRecord(reader, reader.end()) };
        break;
      case 98:
        message.body = { case: 'changeConversation', value: readChangeConversation(reader, reader.end()) };
        break;
      case 106:
        message.body = { case: 'fetchChanges', value: readFetchChanges(reader, reader.end()) };
        break;
      case 114:
        message.body = { case: 'fetchMembers', value: readFetchMembers(reader, reader.end()) };
        break;
      case 122:
        message.body = { case: 'fetchReceiptCounts', value: readFetchReceiptCounts(reader, reader.end()) };
        break;
      case 130:
        message.body = { case: 'fetchReceivers', value: readFetchReceivers(reader, reader.end()) };
        break;
      case 162:
        message.body = { case: 'search', value: readSearch(reader, reader.end()) };
        break;
      case 322:
        message.body = { case: 'watch', value: readWatch(reader, reader.end()) };
        break;
      case 330:
        message.body = { case: 'stateDevice', value: readStateDevice(reader, reader.end()) };
        break;
      case 338:
        message.body = { case: 'typing', value: readTyping(reader, reader.end()) };
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readServerFrame(reader: Reader, end: number): schema.ServerFrame {
  const message: schema.ServerFrame = {
    frame: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.frame = { case: 'reply', value: readReply(reader, reader.end()) };
        break;
      case 18:
        message.frame = { case: 'push', value: readPush(reader, reader.end()) };
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readReply(reader: Reader, end: number): schema.Reply {
  const message: schema.Reply = {
    id: 0,
    body: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.id = reader.uint32();
        break;
      case 18:
        message.body = { case: 'error', value: readError(reader, reader.end()) };
        break;
      case 26:
        message.body = { case: 'done', value: readDone(reader, reader.end()) };
        break;
      case 34:
        message.body = { case: 'welcome', value: readWelcome(reader, reader.end()) };
        break;
      case 42:
        message.body = { case: 'pong', value: readPong(reader, reader.end()) };
        break;
      case 50:
        message.body = { case: 'messageSent', value: readMessageSent(reader, reader.end()) };
        break;
      case 58:
        message.body = { case: 'entryPage', value: readEntryPage(reader, reader.end()) };
        break;
      case 66:
        message.body = { case: 'conversationUpdate', value: readConversationUpdate(reader, reader.end()) };
        break;
      case 74:
        message.body = { case: 'userEventPage', value: readUserEventPage(reader, reader.end()) };
        break;
      case 82:
        message.body = { case: 'memberPage', value: readMemberPage(reader, reader.end()) };
        break;
      case 90:
        message.body = { case: 'receiptCounts', value: readReceiptCounts(reader, reader.end()) };
        break;
      case 98:
        message.body = { case: 'receivers', value: readReceivers(reader, reader.end()) };
        break;
      case 162:
        message.body = { case: 'searchPage', value: readSearchPage(reader, reader.end()) };
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readDone(reader: Reader, end: number): schema.Done {
  const message: schema.Done = {

  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readPush(reader: Reader, end: number): schema.Push {
  const message: schema.Push = {
    body: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.body = { case: 'entry', value: readEntry(reader, reader.end()) };
        break;
      case 18:
        message.body = { case: 'receipt', value: readReceipt(reader, reader.end()) };
        break;
      case 26:
        message.body = { case: 'conversationUpdate', value: readConversationUpdate(reader, reader.end()) };
        break;
      case 34:
        message.body = { case: 'userEvent', value: readUserEvent(reader, reader.end()) };
        break;
      case 42:
        message.body = { case: 'synced', value: readSynced(reader, reader.end()) };
        break;
      case 50:
        message.body = { case: 'closing', value: readClosing(reader, reader.end()) };
        break;
      case 58:
        message.body = { case: 'positionsWanted', value: readPositionsWanted(reader, reader.end()) };
        break;
      case 66:
        message.body = { case: 'records', value: readRecords(reader, reader.end()) };
        break;
      case 74:
        message.body = { case: 'comparisonWanted', value: readComparisonWanted(reader, reader.end()) };
        break;
      case 82:
        message.body = { case: 'receipts', value: readReceipts(reader, reader.end()) };
        break;
      case 322:
        message.body = { case: 'presenceChanged', value: readPresenceChanged(reader, reader.end()) };
        break;
      case 330:
        message.body = { case: 'typingChanged', value: readTypingChanged(reader, reader.end()) };
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readError(reader: Reader, end: number): schema.Error {
  const message: schema.Error = {
    code: 0,
    message: '',
    retryAfterMs: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.code = reader.uint32() as schema.ErrorCode;
        break;
      case 18:
        message.message = reader.string();
        break;
      case 24:
        message.retryAfterMs = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSendMessage(reader: Reader, end: number): schema.SendMessage {
  const message: schema.SendMessage = {
    conversationId: '',
    clientMessageId: '',
    clientTimeMs: 0,
    body: NO_BYTES,
    header: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.clientMessageId = reader.string();
        break;
      case 24:
        message.clientTimeMs = reader.uint64();
        break;
      case 34:
        message.body = reader.bytes();
        break;
      case 42:
        message.header = readEntryHeader(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readChangeConversation(reader: Reader, end: number): schema.ChangeConversation {
  const message: schema.ChangeConversation = {
    conversationId: '',
    clientMessageId: '',
    clientTimeMs: 0,
    kind: 0,
    header: undefined,
    body: NO_BYTES,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.clientMessageId = reader.string();
        break;
      case 24:
        message.clientTimeMs = reader.uint64();
        break;
      case 32:
        message.kind = reader.uint32() as schema.EntryKind;
        break;
      case 42:
        message.header = readEntryHeader(reader, reader.end());
        break;
      case 50:
        message.body = reader.bytes();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readMessageSent(reader: Reader, end: number): schema.MessageSent {
  const message: schema.MessageSent = {
    conversationId: '',
    seq: 0,
    serverTimeMs: 0,
    header: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.seq = reader.uint64();
        break;
      case 24:
        message.serverTimeMs = reader.uint64();
        break;
      case 34:
        message.header = readEntryHeader(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readFetchEntries(reader: Reader, end: number): schema.FetchEntries {
  const message: schema.FetchEntries = {
    conversationId: '',
    afterSeq: 0,
    beforeSeq: 0,
    limit: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.afterSeq = reader.uint64();
        break;
      case 24:
        message.beforeSeq = reader.uint64();
        break;
      case 32:
        message.limit = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readEntryPage(reader: Reader, end: number): schema.EntryPage {
  const message: schema.EntryPage = {
    conversationId: '',
    entries: [],
    lastSeq: 0,
    changes: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.entries.push(readEntry(reader, reader.end()));
        break;
      case 24:
        message.lastSeq = reader.uint64();
        break;
      case 34:
        message.changes.push(readEntry(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readFetchChanges(reader: Reader, end: number): schema.FetchChanges {
  const message: schema.FetchChanges = {
    conversationId: '',
    targetSeq: 0,
    afterSeq: 0,
    limit: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.targetSeq = reader.uint64();
        break;
      case 24:
        message.afterSeq = reader.uint64();
        break;
      case 32:
        message.limit = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readFetchMembers(reader: Reader, end: number): schema.FetchMembers {
  const message: schema.FetchMembers = {
    conversationId: '',
    query: '',
    after: '',
    limit: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.query = reader.string();
        break;
      case 26:
        message.after = reader.string();
        break;
      case 32:
        message.limit = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readMemberPage(reader: Reader, end: number): schema.MemberPage {
  const message: schema.MemberPage = {
    conversationId: '',
    members: [],
    next: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.members.push(readMember(reader, reader.end()));
        break;
      case 26:
        message.next = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readWatch(reader: Reader, end: number): schema.Watch {
  const message: schema.Watch = {
    userIds: [],
    conversationIds: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userIds.push(reader.string());
        break;
      case 18:
        message.conversationIds.push(reader.string());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readStateDevice(reader: Reader, end: number): schema.StateDevice {
  const message: schema.StateDevice = {
    kind: 0,
    isIdle: false,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.kind = reader.uint32() as schema.DeviceKind;
        break;
      case 16:
        message.isIdle = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readTyping(reader: Reader, end: number): schema.Typing {
  const message: schema.Typing = {
    conversationId: '',
    kind: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.kind = reader.uint32() as schema.TypingKind;
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readPresenceChanged(reader: Reader, end: number): schema.PresenceChanged {
  const message: schema.PresenceChanged = {
    presences: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.presences.push(readPresence(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readPresence(reader: Reader, end: number): schema.Presence {
  const message: schema.Presence = {
    userId: '',
    state: 0,
    devices: [],
    lastSeenMs: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      case 16:
        message.state = reader.uint32() as schema.PresenceState;
        break;
      case 26:
        message.devices.push(readDevicePresence(reader, reader.end()));
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

export function readDevicePresence(reader: Reader, end: number): schema.DevicePresence {
  const message: schema.DevicePresence = {
    kind: 0,
    isIdle: false,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.kind = reader.uint32() as schema.DeviceKind;
        break;
      case 16:
        message.isIdle = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readTypingChanged(reader: Reader, end: number): schema.TypingChanged {
  const message: schema.TypingChanged = {
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

export function readTypist(reader: Reader, end: number): schema.Typist {
  const message: schema.Typist = {
    userId: '',
    kind: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      case 16:
        message.kind = reader.uint32() as schema.TypingKind;
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readAdvanceCursor(reader: Reader, end: number): schema.AdvanceCursor {
  const message: schema.AdvanceCursor = {
    conversationId: '',
    deliveredSeq: 0,
    readSeq: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.deliveredSeq = reader.uint64();
        break;
      case 24:
        message.readSeq = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readReceipt(reader: Reader, end: number): schema.Receipt {
  const message: schema.Receipt = {
    conversationId: '',
    userId: '',
    deliveredSeq: 0,
    readSeq: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.userId = reader.string();
        break;
      case 24:
        message.deliveredSeq = reader.uint64();
        break;
      case 32:
        message.readSeq = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readReceipts(reader: Reader, end: number): schema.Receipts {
  const message: schema.Receipts = {
    conversationId: '',
    cursors: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.cursors.push(readCursor(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readFetchReceiptCounts(reader: Reader, end: number): schema.FetchReceiptCounts {
  const message: schema.FetchReceiptCounts = {
    conversationId: '',
    seqs: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.seqs.push(reader.uint64());
        break;
      case 18:
        reader.packed(message.seqs, () => reader.uint64());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readReceiptCounts(reader: Reader, end: number): schema.ReceiptCounts {
  const message: schema.ReceiptCounts = {
    conversationId: '',
    counts: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.counts.push(readReceiptCount(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readReceiptCount(reader: Reader, end: number): schema.ReceiptCount {
  const message: schema.ReceiptCount = {
    seq: 0,
    read: 0,
    delivered: 0,
    missing: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.seq = reader.uint64();
        break;
      case 16:
        message.read = reader.uint32();
        break;
      case 24:
        message.delivered = reader.uint32();
        break;
      case 32:
        message.missing = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readFetchReceivers(reader: Reader, end: number): schema.FetchReceivers {
  const message: schema.FetchReceivers = {
    conversationId: '',
    seq: 0,
    stage: 0,
    after: '',
    limit: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.seq = reader.uint64();
        break;
      case 24:
        message.stage = reader.uint32() as schema.ReceiptStage;
        break;
      case 34:
        message.after = reader.string();
        break;
      case 40:
        message.limit = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readReceivers(reader: Reader, end: number): schema.Receivers {
  const message: schema.Receivers = {
    conversationId: '',
    seq: 0,
    userIds: [],
    more: false,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.seq = reader.uint64();
        break;
      case 26:
        message.userIds.push(reader.string());
        break;
      case 32:
        message.more = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readAccountRecord(reader: Reader, end: number): schema.AccountRecord {
  const message: schema.AccountRecord = {
    key: '',
    changedAtMs: 0,
    value: NO_BYTES,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.key = reader.string();
        break;
      case 16:
        message.changedAtMs = reader.uint64();
        break;
      case 26:
        message.value = reader.bytes();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSetRecord(reader: Reader, end: number): schema.SetRecord {
  const message: schema.SetRecord = {
    record: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.record = readAccountRecord(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readRecords(reader: Reader, end: number): schema.Records {
  const message: schema.Records = {
    records: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.records.push(readAccountRecord(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readDraft(reader: Reader, end: number): schema.Draft {
  const message: schema.Draft = {
    text: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.text = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readCleared(reader: Reader, end: number): schema.Cleared {
  const message: schema.Cleared = {
    throughSeq: 0,
    readSeq: 0,
    unreadCount: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.throughSeq = reader.uint64();
        break;
      case 16:
        message.readSeq = reader.uint64();
        break;
      case 24:
        message.unreadCount = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readMarkedUnread(reader: Reader, end: number): schema.MarkedUnread {
  const message: schema.MarkedUnread = {
    throughSeq: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.throughSeq = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSetting(reader: Reader, end: number): schema.Setting {
  const message: schema.Setting = {
    value: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.value = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readWish(reader: Reader, end: number): schema.Wish {
  const message: schema.Wish = {
    wanted: false,
    greeting: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.wanted = reader.bool();
        break;
      case 18:
        message.greeting = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readBlock(reader: Reader, end: number): schema.Block {
  const message: schema.Block = {
    blocked: false,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.blocked = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readRemark(reader: Reader, end: number): schema.Remark {
  const message: schema.Remark = {
    name: '',
    labels: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.name = reader.string();
        break;
      case 18:
        message.labels.push(reader.string());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readAsking(reader: Reader, end: number): schema.Asking {
  const message: schema.Asking = {
    linkCode: '',
    text: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.linkCode = reader.string();
        break;
      case 18:
        message.text = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSearch(reader: Reader, end: number): schema.Search {
  const message: schema.Search = {
    text: '',
    conversationIds: [],
    senderIds: [],
    kinds: [],
    fromMs: 0,
    toMs: 0,
    before: undefined,
    limit: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.text = reader.string();
        break;
      case 18:
        message.conversationIds.push(reader.string());
        break;
      case 26:
        message.senderIds.push(reader.string());
        break;
      case 32:
        message.kinds.push(reader.uint32() as schema.ContentKind);
        break;
      case 34:
        reader.packed(message.kinds, () => reader.uint32() as schema.ContentKind);
        break;
      case 40:
        message.fromMs = reader.uint64();
        break;
      case 48:
        message.toMs = reader.uint64();
        break;
      case 58:
        message.before = readSearchCursor(reader, reader.end());
        break;
      case 64:
        message.limit = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSearchCursor(reader: Reader, end: number): schema.SearchCursor {
  const message: schema.SearchCursor = {
    timeMs: 0,
    positions: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.timeMs = reader.uint64();
        break;
      case 18:
        message.positions.push(readSearchPosition(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSearchPosition(reader: Reader, end: number): schema.SearchPosition {
  const message: schema.SearchPosition = {
    conversationHash: 0,
    beforeSeq: 0,
    timeMs: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.conversationHash = reader.uint64();
        break;
      case 16:
        message.beforeSeq = reader.uint64();
        break;
      case 24:
        message.timeMs = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSearchPage(reader: Reader, end: number): schema.SearchPage {
  const message: schema.SearchPage = {
    hits: [],
    next: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.hits.push(readSearchHit(reader, reader.end()));
        break;
      case 18:
        message.next = readSearchCursor(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSearchHit(reader: Reader, end: number): schema.SearchHit {
  const message: schema.SearchHit = {
    entry: undefined,
    changes: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.entry = readEntry(reader, reader.end());
        break;
      case 18:
        message.changes.push(readEntry(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readHello(reader: Reader, end: number): schema.Hello {
  const message: schema.Hello = {
    protocolVersion: 0,
    features: [],
    accessToken: '',
    client: '',
    holdings: undefined,
    resume: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.protocolVersion = reader.uint32();
        break;
      case 16:
        message.features.push(reader.uint32() as schema.Feature);
        break;
      case 18:
        reader.packed(message.features, () => reader.uint32() as schema.Feature);
        break;
      case 26:
        message.accessToken = reader.string();
        break;
      case 34:
        message.client = reader.string();
        break;
      case 42:
        message.holdings = readHoldings(reader, reader.end());
        break;
      case 50:
        message.resume = readResume(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readResume(reader: Reader, end: number): schema.Resume {
  const message: schema.Resume = {
    sessionId: '',
    pushesReceived: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.sessionId = reader.string();
        break;
      case 16:
        message.pushesReceived = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readWelcome(reader: Reader, end: number): schema.Welcome {
  const message: schema.Welcome = {
    protocolVersion: 0,
    features: [],
    sessionId: '',
    userId: '',
    deviceId: '',
    serverTimeMs: 0,
    limits: undefined,
    resumed: false,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.protocolVersion = reader.uint32();
        break;
      case 16:
        message.features.push(reader.uint32() as schema.Feature);
        break;
      case 18:
        reader.packed(message.features, () => reader.uint32() as schema.Feature);
        break;
      case 26:
        message.sessionId = reader.string();
        break;
      case 34:
        message.userId = reader.string();
        break;
      case 42:
        message.deviceId = reader.string();
        break;
      case 48:
        message.serverTimeMs = reader.uint64();
        break;
      case 58:
        message.limits = readLimits(reader, reader.end());
        break;
      case 64:
        message.resumed = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readLimits(reader: Reader, end: number): schema.Limits {
  const message: schema.Limits = {
    frameBytesMax: 0,
    bodyBytesMax: 0,
    clientMessageIdBytesMax: 0,
    positionsMax: 0,
    pageEntriesMax: 0,
    commandsInFlightMax: 0,
    unreadCountMax: 0,
    heartbeatIntervalMs: 0,
    heartbeatIntervalMaxMs: 0,
    recordKeyBytesMax: 0,
    recordValueBytesMax: 0,
    editWithinMs: 0,
    recallWithinMs: 0,
    watchedUsersMax: 0,
    watchedConversationsMax: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.frameBytesMax = reader.uint32();
        break;
      case 16:
        message.bodyBytesMax = reader.uint32();
        break;
      case 24:
        message.clientMessageIdBytesMax = reader.uint32();
        break;
      case 32:
        message.positionsMax = reader.uint32();
        break;
      case 40:
        message.pageEntriesMax = reader.uint32();
        break;
      case 48:
        message.commandsInFlightMax = reader.uint32();
        break;
      case 56:
        message.unreadCountMax = reader.uint32();
        break;
      case 64:
        message.heartbeatIntervalMs = reader.uint32();
        break;
      case 72:
        message.heartbeatIntervalMaxMs = reader.uint32();
        break;
      case 80:
        message.recordKeyBytesMax = reader.uint32();
        break;
      case 88:
        message.recordValueBytesMax = reader.uint32();
        break;
      case 96:
        message.editWithinMs = reader.uint64();
        break;
      case 104:
        message.recallWithinMs = reader.uint64();
        break;
      case 320:
        message.watchedUsersMax = reader.uint32();
        break;
      case 328:
        message.watchedConversationsMax = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readPing(reader: Reader, end: number): schema.Ping {
  const message: schema.Ping = {
    nextWithinMs: 0,
    compare: false,
    userSeq: 0,
    digest: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.nextWithinMs = reader.uint32();
        break;
      case 16:
        message.compare = reader.bool();
        break;
      case 24:
        message.userSeq = reader.uint64();
        break;
      case 32:
        message.digest = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readPong(reader: Reader, end: number): schema.Pong {
  const message: schema.Pong = {
    serverTimeMs: 0,
    differs: false,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.serverTimeMs = reader.uint64();
        break;
      case 16:
        message.differs = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readComparisonWanted(reader: Reader, end: number): schema.ComparisonWanted {
  const message: schema.ComparisonWanted = {
    withinMs: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.withinMs = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readClosing(reader: Reader, end: number): schema.Closing {
  const message: schema.Closing = {
    code: 0,
    reason: '',
    retryAfterMs: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.code = reader.uint32() as schema.CloseCode;
        break;
      case 18:
        message.reason = reader.string();
        break;
      case 24:
        message.retryAfterMs = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readHoldings(reader: Reader, end: number): schema.Holdings {
  const message: schema.Holdings = {
    userSeq: 0,
    positions: [],
    digestBits: 0,
    digests: NO_BYTES,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.userSeq = reader.uint64();
        break;
      case 18:
        message.positions.push(readPosition(reader, reader.end()));
        break;
      case 24:
        message.digestBits = reader.uint32();
        break;
      case 34:
        message.digests = reader.bytes();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readPosition(reader: Reader, end: number): schema.Position {
  const message: schema.Position = {
    conversationHash: 0,
    seq: 0,
    readSeq: 0,
    cursorSum: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.conversationHash = reader.uint64();
        break;
      case 16:
        message.seq = reader.uint64();
        break;
      case 24:
        message.readSeq = reader.uint64();
        break;
      case 32:
        message.cursorSum = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readPositionsWanted(reader: Reader, end: number): schema.PositionsWanted {
  const message: schema.PositionsWanted = {
    buckets: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.buckets.push(reader.uint32());
        break;
      case 10:
        reader.packed(message.buckets, () => reader.uint32());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readStatePositions(reader: Reader, end: number): schema.StatePositions {
  const message: schema.StatePositions = {
    positions: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.positions.push(readPosition(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSynchronise(reader: Reader, end: number): schema.Synchronise {
  const message: schema.Synchronise = {
    holdings: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.holdings = readHoldings(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readConversationUpdate(reader: Reader, end: number): schema.ConversationUpdate {
  const message: schema.ConversationUpdate = {
    state: undefined,
    entries: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.state = readConversationState(reader, reader.end());
        break;
      case 18:
        message.entries.push(readEntry(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSynced(reader: Reader, end: number): schema.Synced {
  const message: schema.Synced = {
    userSeq: 0,
    serverTimeMs: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.userSeq = reader.uint64();
        break;
      case 16:
        message.serverTimeMs = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readUserEvent(reader: Reader, end: number): schema.UserEvent {
  const message: schema.UserEvent = {
    seq: 0,
    timeMs: 0,
    event: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.seq = reader.uint64();
        break;
      case 16:
        message.timeMs = reader.uint64();
        break;
      case 26:
        message.event = { case: 'conversationJoined', value: readConversationJoined(reader, reader.end()) };
        break;
      case 34:
        message.event = { case: 'readMoved', value: readReadMoved(reader, reader.end()) };
        break;
      case 42:
        message.event = { case: 'deviceAdded', value: readDeviceAdded(reader, reader.end()) };
        break;
      case 50:
        message.event = { case: 'recordChanged', value: readAccountRecord(reader, reader.end()) };
        break;
      case 162:
        message.event = { case: 'deviceRenamed', value: readDeviceRenamed(reader, reader.end()) };
        break;
      case 170:
        message.event = { case: 'deviceRemoved', value: readDeviceRemoved(reader, reader.end()) };
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readConversationJoined(reader: Reader, end: number): schema.ConversationJoined {
  const message: schema.ConversationJoined = {
    conversationId: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readReadMoved(reader: Reader, end: number): schema.ReadMoved {
  const message: schema.ReadMoved = {
    conversationId: '',
    readSeq: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.readSeq = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readDeviceAdded(reader: Reader, end: number): schema.DeviceAdded {
  const message: schema.DeviceAdded = {
    deviceId: '',
    name: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.deviceId = reader.string();
        break;
      case 18:
        message.name = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readDeviceRenamed(reader: Reader, end: number): schema.DeviceRenamed {
  const message: schema.DeviceRenamed = {
    deviceId: '',
    name: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.deviceId = reader.string();
        break;
      case 18:
        message.name = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readDeviceRemoved(reader: Reader, end: number): schema.DeviceRemoved {
  const message: schema.DeviceRemoved = {
    deviceId: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.deviceId = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readFetchUserEvents(reader: Reader, end: number): schema.FetchUserEvents {
  const message: schema.FetchUserEvents = {
    afterSeq: 0,
    limit: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.afterSeq = reader.uint64();
        break;
      case 16:
        message.limit = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readUserEventPage(reader: Reader, end: number): schema.UserEventPage {
  const message: schema.UserEventPage = {
    events: [],
    lastSeq: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.events.push(readUserEvent(reader, reader.end()));
        break;
      case 16:
        message.lastSeq = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readFetchConversation(reader: Reader, end: number): schema.FetchConversation {
  const message: schema.FetchConversation = {
    conversationId: '',
    limit: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.limit = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export const Content: WireType<schema.Content> = { write: writeContent, read: readContent };
export const Text: WireType<schema.Text> = { write: writeText, read: readText };
export const LinkPreview: WireType<schema.LinkPreview> = { write: writeLinkPreview, read: readLinkPreview };
export const Origin: WireType<schema.Origin> = { write: writeOrigin, read: readOrigin };
export const Bundle: WireType<schema.Bundle> = { write: writeBundle, read: readBundle };
export const BundledMessage: WireType<schema.BundledMessage> = { write: writeBundledMessage, read: readBundledMessage };
export const Contact: WireType<schema.Contact> = { write: writeContact, read: readContact };
export const Entry: WireType<schema.Entry> = { write: writeEntry, read: readEntry };
export const EntryHeader: WireType<schema.EntryHeader> = { write: writeEntryHeader, read: readEntryHeader };
export const Reaction: WireType<schema.Reaction> = { write: writeReaction, read: readReaction };
export const GroupCreated: WireType<schema.GroupCreated> = { write: writeGroupCreated, read: readGroupCreated };
export const GroupPolicy: WireType<schema.GroupPolicy> = { write: writeGroupPolicy, read: readGroupPolicy };
export const Facts: WireType<schema.Facts> = { write: writeFacts, read: readFacts };
export const ConversationChange: WireType<schema.ConversationChange> = { write: writeConversationChange, read: readConversationChange };
export const MembersAdded: WireType<schema.MembersAdded> = { write: writeMembersAdded, read: readMembersAdded };
export const MembersRemoved: WireType<schema.MembersRemoved> = { write: writeMembersRemoved, read: readMembersRemoved };
export const Left: WireType<schema.Left> = { write: writeLeft, read: readLeft };
export const Dissolved: WireType<schema.Dissolved> = { write: writeDissolved, read: readDissolved };
export const RoleGiven: WireType<schema.RoleGiven> = { write: writeRoleGiven, read: readRoleGiven };
export const MemberMuted: WireType<schema.MemberMuted> = { write: writeMemberMuted, read: readMemberMuted };
export const Member: WireType<schema.Member> = { write: writeMember, read: readMember };
export const Membership: WireType<schema.Membership> = { write: writeMembership, read: readMembership };
export const Cursor: WireType<schema.Cursor> = { write: writeCursor, read: readCursor };
export const ConversationState: WireType<schema.ConversationState> = { write: writeConversationState, read: readConversationState };
export const Command: WireType<schema.Command> = { write: writeCommand, read: readCommand };
export const ServerFrame: WireType<schema.ServerFrame> = { write: writeServerFrame, read: readServerFrame };
export const Reply: WireType<schema.Reply> = { write: writeReply, read: readReply };
export const Done: WireType<schema.Done> = { write: writeDone, read: readDone };
export const Push: WireType<schema.Push> = { write: writePush, read: readPush };
export const Error: WireType<schema.Error> = { write: writeError, read: readError };
export const SendMessage: WireType<schema.SendMessage> = { write: writeSendMessage, read: readSendMessage };
export const ChangeConversation: WireType<schema.ChangeConversation> = { write: writeChangeConversation, read: readChangeConversation };
export const MessageSent: WireType<schema.MessageSent> = { write: writeMessageSent, read: readMessageSent };
export const FetchEntries: WireType<schema.FetchEntries> = { write: writeFetchEntries, read: readFetchEntries };
export const EntryPage: WireType<schema.EntryPage> = { write: writeEntryPage, read: readEntryPage };
export const FetchChanges: WireType<schema.FetchChanges> = { write: writeFetchChanges, read: readFetchChanges };
export const FetchMembers: WireType<schema.FetchMembers> = { write: writeFetchMembers, read: readFetchMembers };
export const MemberPage: WireType<schema.MemberPage> = { write: writeMemberPage, read: readMemberPage };
export const Watch: WireType<schema.Watch> = { write: writeWatch, read: readWatch };
export const StateDevice: WireType<schema.StateDevice> = { write: writeStateDevice, read: readStateDevice };
export const Typing: WireType<schema.Typing> = { write: writeTyping, read: readTyping };
export const PresenceChanged: WireType<schema.PresenceChanged> = { write: writePresenceChanged, read: readPresenceChanged };
export const Presence: WireType<schema.Presence> = { write: writePresence, read: readPresence };
export const DevicePresence: WireType<schema.DevicePresence> = { write: writeDevicePresence, read: readDevicePresence };
export const TypingChanged: WireType<schema.TypingChanged> = { write: writeTypingChanged, read: readTypingChanged };
export const Typist: WireType<schema.Typist> = { write: writeTypist, read: readTypist };
export const AdvanceCursor: WireType<schema.AdvanceCursor> = { write: writeAdvanceCursor, read: readAdvanceCursor };
export const Receipt: WireType<schema.Receipt> = { write: writeReceipt, read: readReceipt };
export const Receipts: WireType<schema.Receipts> = { write: writeReceipts, read: readReceipts };
export const FetchReceiptCounts: WireType<schema.FetchReceiptCounts> = { write: writeFetchReceiptCounts, read: readFetchReceiptCounts };
export const ReceiptCounts: WireType<schema.ReceiptCounts> = { write: writeReceiptCounts, read: readReceiptCounts };
export const ReceiptCount: WireType<schema.ReceiptCount> = { write: writeReceiptCount, read: readReceiptCount };
export const FetchReceivers: WireType<schema.FetchReceivers> = { write: writeFetchReceivers, read: readFetchReceivers };
export const Receivers: WireType<schema.Receivers> = { write: writeReceivers, read: readReceivers };
export const AccountRecord: WireType<schema.AccountRecord> = { write: writeAccountRecord, read: readAccountRecord };
export const SetRecord: WireType<schema.SetRecord> = { write: writeSetRecord, read: readSetRecord };
export const Records: WireType<schema.Records> = { write: writeRecords, read: readRecords };
export const Draft: WireType<schema.Draft> = { write: writeDraft, read: readDraft };
export const Cleared: WireType<schema.Cleared> = { write: writeCleared, read: readCleared };
export const MarkedUnread: WireType<schema.MarkedUnread> = { write: writeMarkedUnread, read: readMarkedUnread };
export const Setting: WireType<schema.Setting> = { write: writeSetting, read: readSetting };
export const Wish: WireType<schema.Wish> = { write: writeWish, read: readWish };
export const Block: WireType<schema.Block> = { write: writeBlock, read: readBlock };
export const Remark: WireType<schema.Remark> = { write: writeRemark, read: readRemark };
export const Asking: WireType<schema.Asking> = { write: writeAsking, read: readAsking };
export const Search: WireType<schema.Search> = { write: writeSearch, read: readSearch };
export const SearchCursor: WireType<schema.SearchCursor> = { write: writeSearchCursor, read: readSearchCursor };
export const SearchPosition: WireType<schema.SearchPosition> = { write: writeSearchPosition, read: readSearchPosition };
export const SearchPage: WireType<schema.SearchPage> = { write: writeSearchPage, read: readSearchPage };
export const SearchHit: WireType<schema.SearchHit> = { write: writeSearchHit, read: readSearchHit };
export const Hello: WireType<schema.Hello> = { write: writeHello, read: readHello };
export const Resume: WireType<schema.Resume> = { write: writeResume, read: readResume };
export const Welcome: WireType<schema.Welcome> = { write: writeWelcome, read: readWelcome };
export const Limits: WireType<schema.Limits> = { write: writeLimits, read: readLimits };
export const Ping: WireType<schema.Ping> = { write: writePing, read: readPing };
export const Pong: WireType<schema.Pong> = { write: writePong, read: readPong };
export const ComparisonWanted: WireType<schema.ComparisonWanted> = { write: writeComparisonWanted, read: readComparisonWanted };
export const Closing: WireType<schema.Closing> = { write: writeClosing, read: readClosing };
export const Holdings: WireType<schema.Holdings> = { write: writeHoldings, read: readHoldings };
export const Position: WireType<schema.Position> = { write: writePosition, read: readPosition };
export const PositionsWanted: WireType<schema.PositionsWanted> = { write: writePositionsWanted, read: readPositionsWanted };
export const StatePositions: WireType<schema.StatePositions> = { write: writeStatePositions, read: readStatePositions };
export const Synchronise: WireType<schema.Synchronise> = { write: writeSynchronise, read: readSynchronise };
export const ConversationUpdate: WireType<schema.ConversationUpdate> = { write: writeConversationUpdate, read: readConversationUpdate };
export const Synced: WireType<schema.Synced> = { write: writeSynced, read: readSynced };
export const UserEvent: WireType<schema.UserEvent> = { write: writeUserEvent, read: readUserEvent };
export const ConversationJoined: WireType<schema.ConversationJoined> = { write: writeConversationJoined, read: readConversationJoined };
export const ReadMoved: WireType<schema.ReadMoved> = { write: writeReadMoved, read: readReadMoved };
export const DeviceAdded: WireType<schema.DeviceAdded> = { write: writeDeviceAdded, read: readDeviceAdded };
export const DeviceRenamed: WireType<schema.DeviceRenamed> = { write: writeDeviceRenamed, read: readDeviceRenamed };
export const DeviceRemoved: WireType<schema.DeviceRemoved> = { write: writeDeviceRemoved, read: readDeviceRemoved };
export const FetchUserEvents: WireType<schema.FetchUserEvents> = { write: writeFetchUserEvents, read: readFetchUserEvents };
export const UserEventPage: WireType<schema.UserEventPage> = { write: writeUserEventPage, read: readUserEventPage };
export const FetchConversation: WireType<schema.FetchConversation> = { write: writeFetchConversation, read: readFetchConversation };
