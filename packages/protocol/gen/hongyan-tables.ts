// Generated from spec/hongyan/v1 by `npm run generate`. Do not edit.
import { Table } from '../table.ts';
import { BOOL, BYTES, STRING, UINT32, UINT64 } from '../table-fields.ts';
import type * as schema from './hongyan.ts';

export const LinkPreview = /* @__PURE__ */ new Table<schema.LinkPreview>({
  url: STRING,
  title: STRING,
  description: STRING,
  siteName: STRING,
});

export const Text = /* @__PURE__ */ new Table<schema.Text>({
  text: STRING,
  preview: LinkPreview,
});

export const BundledMessage = /* @__PURE__ */ new Table<schema.BundledMessage>({
  senderId: STRING,
  senderName: STRING,
  timeMs: UINT64,
  content: BYTES,
});

export const Bundle = /* @__PURE__ */ new Table<schema.Bundle>({
  title: STRING,
  messages: [BundledMessage],
});

export const Contact = /* @__PURE__ */ new Table<schema.Contact>({
  userId: STRING,
});

export const Origin = /* @__PURE__ */ new Table<schema.Origin>({
  senderId: STRING,
});

export const Content = /* @__PURE__ */ new Table<schema.Content>({
  kind: {
    text: Text,
    bundle: Bundle,
    contact: Contact,
  },
  replyToSeq: [10, UINT64],
  origin: Origin,
});

export const EntryHeader = /* @__PURE__ */ new Table<schema.EntryHeader>({
  targetSeq: UINT64,
  mentionedIds: [STRING],
  mentionsAll: BOOL,
  lifetimeMs: UINT64,
  livesFromRead: BOOL,
});

export const Entry = /* @__PURE__ */ new Table<schema.Entry>({
  conversationId: STRING,
  seq: UINT64,
  kind: UINT32,
  senderId: STRING,
  clientMessageId: STRING,
  clientTimeMs: UINT64,
  serverTimeMs: UINT64,
  body: BYTES,
  header: EntryHeader,
});

export const Reaction = /* @__PURE__ */ new Table<schema.Reaction>({
  emoji: [STRING],
});

export const GroupCreated = /* @__PURE__ */ new Table<schema.GroupCreated>({
  name: STRING,
});

export const GroupPolicy = /* @__PURE__ */ new Table<schema.GroupPolicy>({
  membersInvite: BOOL,
  membersMentionAll: BOOL,
  membersPin: BOOL,
  membersEdit: BOOL,
  joining: UINT32,
  question: STRING,
  historyForNewcomers: BOOL,
  muted: BOOL,
  receiptsHidden: BOOL,
  answer: STRING,
});

export const Facts = /* @__PURE__ */ new Table<schema.Facts>({
  seq: UINT64,
  name: STRING,
  avatar: STRING,
  announcement: STRING,
  announcementSeq: UINT64,
  pinnedSeqs: [UINT64],
  lifetimeMs: UINT64,
  policy: GroupPolicy,
  memberCount: UINT32,
  dissolved: BOOL,
  linkCode: STRING,
});

export const MembersAdded = /* @__PURE__ */ new Table<schema.MembersAdded>({
  userIds: [STRING],
});

export const MembersRemoved = /* @__PURE__ */ new Table<schema.MembersRemoved>({
  userIds: [STRING],
});

export const Left = /* @__PURE__ */ new Table<schema.Left>({
});

export const RoleGiven = /* @__PURE__ */ new Table<schema.RoleGiven>({
  userId: STRING,
  role: UINT32,
});

export const MemberMuted = /* @__PURE__ */ new Table<schema.MemberMuted>({
  userId: STRING,
  untilMs: UINT64,
});

export const Dissolved = /* @__PURE__ */ new Table<schema.Dissolved>({
});

export const ConversationChange = /* @__PURE__ */ new Table<schema.ConversationChange>({
  change: {
    name: STRING,
    avatar: STRING,
    announcement: STRING,
    pinnedSeq: UINT64,
    unpinnedSeq: UINT64,
    lifetimeMs: UINT64,
    policy: GroupPolicy,
    membersAdded: MembersAdded,
    membersRemoved: MembersRemoved,
    left: Left,
    roleGiven: RoleGiven,
    memberMuted: MemberMuted,
    nickname: STRING,
    dissolved: Dissolved,
    linkCode: STRING,
  },
});

export const Member = /* @__PURE__ */ new Table<schema.Member>({
  userId: STRING,
  role: UINT32,
  nickname: STRING,
  mutedUntilMs: UINT64,
});

export const Membership = /* @__PURE__ */ new Table<schema.Membership>({
  role: UINT32,
  firstSeq: UINT64,
  former: BOOL,
  mutedUntilMs: UINT64,
  nickname: STRING,
});

export const Cursor = /* @__PURE__ */ new Table<schema.Cursor>({
  userId: STRING,
  deliveredSeq: UINT64,
  readSeq: UINT64,
});

export const ConversationState = /* @__PURE__ */ new Table<schema.ConversationState>({
  conversationId: STRING,
  kind: UINT32,
  lastSeq: UINT64,
  cursors: [Cursor],
  unreadCount: UINT64,
  facts: Facts,
  membership: Membership,
  mentionCount: UINT64,
});

export const Position = /* @__PURE__ */ new Table<schema.Position>({
  conversationHash: UINT64,
  seq: UINT64,
  readSeq: UINT64,
  cursorSum: UINT64,
});

export const Holdings = /* @__PURE__ */ new Table<schema.Holdings>({
  userSeq: UINT64,
  positions: [Position],
  digestBits: UINT32,
  digests: BYTES,
});

export const Resume = /* @__PURE__ */ new Table<schema.Resume>({
  sessionId: STRING,
  pushesReceived: UINT64,
});

export const Hello = /* @__PURE__ */ new Table<schema.Hello>({
  protocolVersion: UINT32,
  features: [UINT32],
  accessToken: STRING,
  client: STRING,
  holdings: Holdings,
  resume: Resume,
});

export const Ping = /* @__PURE__ */ new Table<schema.Ping>({
  nextWithinMs: UINT32,
  compare: BOOL,
  userSeq: UINT64,
  digest: UINT32,
});

export const SendMessage = /* @__PURE__ */ new Table<schema.SendMessage>({
  conversationId: STRING,
  clientMessageId: STRING,
  clientTimeMs: UINT64,
  body: BYTES,
  header: EntryHeader,
});

export const AdvanceCursor = /* @__PURE__ */ new Table<schema.AdvanceCursor>({
  conversationId: STRING,
  deliveredSeq: UINT64,
  readSeq: UINT64,
});

export const FetchEntries = /* @__PURE__ */ new Table<schema.FetchEntries>({
  conversationId: STRING,
  afterSeq: UINT64,
  beforeSeq: UINT64,
  limit: UINT32,
});

export const FetchConversation = /* @__PURE__ */ new Table<schema.FetchConversation>({
  conversationId: STRING,
  limit: UINT32,
});

export const FetchUserEvents = /* @__PURE__ */ new Table<schema.FetchUserEvents>({
  afterSeq: UINT64,
  limit: UINT32,
});

export const StatePositions = /* @__PURE__ */ new Table<schema.StatePositions>({
  positions: [Position],
});

export const Synchronise = /* @__PURE__ */ new Table<schema.Synchronise>({
  holdings: Holdings,
});

export const AccountRecord = /* @__PURE__ */ new Table<schema.AccountRecord>({
  key: STRING,
  changedAtMs: UINT64,
  value: BYTES,
});

export const SetRecord = /* @__PURE__ */ new Table<schema.SetRecord>({
  record: AccountRecord,
});

export const ChangeConversation = /* @__PURE__ */ new Table<schema.ChangeConversation>({
  conversationId: STRING,
  clientMessageId: STRING,
  clientTimeMs: UINT64,
  kind: UINT32,
  header: EntryHeader,
  body: BYTES,
});

export const FetchChanges = /* @__PURE__ */ new Table<schema.FetchChanges>({
  conversationId: STRING,
  targetSeq: UINT64,
  afterSeq: UINT64,
  limit: UINT32,
});

export const FetchMembers = /* @__PURE__ */ new Table<schema.FetchMembers>({
  conversationId: STRING,
  query: STRING,
  after: STRING,
  limit: UINT32,
});

export const FetchReceiptCounts = /* @__PURE__ */ new Table<schema.FetchReceiptCounts>({
  conversationId: STRING,
  seqs: [UINT64],
});

export const FetchReceivers = /* @__PURE__ */ new Table<schema.FetchReceivers>({
  conversationId: STRING,
  seq: UINT64,
  stage: UINT32,
  after: STRING,
  limit: UINT32,
});

export const SearchPosition = /* @__PURE__ */ new Table<schema.SearchPosition>({
  conversationHash: UINT64,
  beforeSeq: UINT64,
  timeMs: UINT64,
});

export const SearchCursor = /* @__PURE__ */ new Table<schema.SearchCursor>({
  timeMs: UINT64,
  positions: [SearchPosition],
});

export const Search = /* @__PURE__ */ new Table<schema.Search>({
  text: STRING,
  conversationIds: [STRING],
  senderIds: [STRING],
  kinds: [UINT32],
  fromMs: UINT64,
  toMs: UINT64,
  before: SearchCursor,
  limit: UINT32,
});

export const Watch = /* @__PURE__ */ new Table<schema.Watch>({
  userIds: [STRING],
  conversationIds: [STRING],
});

export const StateDevice = /* @__PURE__ */ new Table<schema.StateDevice>({
  kind: UINT32,
  isIdle: BOOL,
});

export const Typing = /* @__PURE__ */ new Table<schema.Typing>({
  conversationId: STRING,
  kind: UINT32,
});

export const Command = /* @__PURE__ */ new Table<schema.Command>({
  id: UINT32,
  body: {
    hello: Hello,
    ping: Ping,
    sendMessage: SendMessage,
    advanceCursor: AdvanceCursor,
    fetchEntries: FetchEntries,
    fetchConversation: FetchConversation,
    fetchUserEvents: FetchUserEvents,
    statePositions: StatePositions,
    synchronise: Synchronise,
    setRecord: SetRecord,
    changeConversation: ChangeConversation,
    fetchChanges: FetchChanges,
    fetchMembers: FetchMembers,
    fetchReceiptCounts: FetchReceiptCounts,
    fetchReceivers: FetchReceivers,
    search: [20, Search],
    watch: [40, Watch],
    stateDevice: StateDevice,
    typing: Typing,
  },
});

export const Error = /* @__PURE__ */ new Table<schema.Error>({
  code: UINT32,
  message: STRING,
  retryAfterMs: UINT32,
});

export const Done = /* @__PURE__ */ new Table<schema.Done>({
});

export const Limits = /* @__PURE__ */ new Table<schema.Limits>({
  frameBytesMax: UINT32,
  bodyBytesMax: UINT32,
  clientMessageIdBytesMax: UINT32,
  positionsMax: UINT32,
  pageEntriesMax: UINT32,
  commandsInFlightMax: UINT32,
  unreadCountMax: UINT32,
  heartbeatIntervalMs: UINT32,
  heartbeatIntervalMaxMs: UINT32,
  recordKeyBytesMax: UINT32,
  recordValueBytesMax: UINT32,
  editWithinMs: UINT64,
  recallWithinMs: UINT64,
  watchedUsersMax: [40, UINT32],
  watchedConversationsMax: UINT32,
});

export const Welcome = /* @__PURE__ */ new Table<schema.Welcome>({
  protocolVersion: UINT32,
  features: [UINT32],
  sessionId: STRING,
  userId: STRING,
  deviceId: STRING,
  serverTimeMs: UINT64,
  limits: Limits,
  resumed: BOOL,
});

export const Pong = /* @__PURE__ */ new Table<schema.Pong>({
  serverTimeMs: UINT64,
  differs: BOOL,
});

export const MessageSent = /* @__PURE__ */ new Table<schema.MessageSent>({
  conversationId: STRING,
  seq: UINT64,
  serverTimeMs: UINT64,
  header: EntryHeader,
});

export const EntryPage = /* @__PURE__ */ new Table<schema.EntryPage>({
  conversationId: STRING,
  entries: [Entry],
  lastSeq: UINT64,
  changes: [Entry],
});

export const ConversationUpdate = /* @__PURE__ */ new Table<schema.ConversationUpdate>({
  state: ConversationState,
  entries: [Entry],
});

export const ConversationJoined = /* @__PURE__ */ new Table<schema.ConversationJoined>({
  conversationId: STRING,
});

export const ReadMoved = /* @__PURE__ */ new Table<schema.ReadMoved>({
  conversationId: STRING,
  readSeq: UINT64,
});

export const DeviceAdded = /* @__PURE__ */ new Table<schema.DeviceAdded>({
  deviceId: STRING,
  name: STRING,
});

export const DeviceRenamed = /* @__PURE__ */ new Table<schema.DeviceRenamed>({
  deviceId: STRING,
  name: STRING,
});

export const DeviceRemoved = /* @__PURE__ */ new Table<schema.DeviceRemoved>({
  deviceId: STRING,
});

export const UserEvent = /* @__PURE__ */ new Table<schema.UserEvent>({
  seq: UINT64,
  timeMs: UINT64,
  event: {
    conversationJoined: ConversationJoined,
    readMoved: ReadMoved,
    deviceAdded: DeviceAdded,
    recordChanged: AccountRecord,
    deviceRenamed: [20, DeviceRenamed],
    deviceRemoved: DeviceRemoved,
  },
});

export const UserEventPage = /* @__PURE__ */ new Table<schema.UserEventPage>({
  events: [UserEvent],
  lastSeq: UINT64,
});

export const MemberPage = /* @__PURE__ */ new Table<schema.MemberPage>({
  conversationId: STRING,
  members: [Member],
  next: STRING,
});

export const ReceiptCount = /* @__PURE__ */ new Table<schema.ReceiptCount>({
  seq: UINT64,
  read: UINT32,
  delivered: UINT32,
  missing: UINT32,
});

export const ReceiptCounts = /* @__PURE__ */ new Table<schema.ReceiptCounts>({
  conversationId: STRING,
  counts: [ReceiptCount],
});

export const Receivers = /* @__PURE__ */ new Table<schema.Receivers>({
  conversationId: STRING,
  seq: UINT64,
  userIds: [STRING],
  more: BOOL,
});

export const SearchHit = /* @__PURE__ */ new Table<schema.SearchHit>({
  entry: Entry,
  changes: [Entry],
});

export const SearchPage = /* @__PURE__ */ new Table<schema.SearchPage>({
  hits: [SearchHit],
  next: SearchCursor,
});

export const Reply = /* @__PURE__ */ new Table<schema.Reply>({
  id: UINT32,
  body: {
    error: Error,
    done: Done,
    welcome: Welcome,
    pong: Pong,
    messageSent: MessageSent,
    entryPage: EntryPage,
    conversationUpdate: ConversationUpdate,
    userEventPage: UserEventPage,
    memberPage: MemberPage,
    receiptCounts: ReceiptCounts,
    receivers: Receivers,
    searchPage: [20, SearchPage],
  },
});

export const Receipt = /* @__PURE__ */ new Table<schema.Receipt>({
  conversationId: STRING,
  userId: STRING,
  deliveredSeq: UINT64,
  readSeq: UINT64,
});

export const Synced = /* @__PURE__ */ new Table<schema.Synced>({
  userSeq: UINT64,
  serverTimeMs: UINT64,
});

export const Closing = /* @__PURE__ */ new Table<schema.Closing>({
  code: UINT32,
  reason: STRING,
  retryAfterMs: UINT32,
});

export const PositionsWanted = /* @__PURE__ */ new Table<schema.PositionsWanted>({
  buckets: [UINT32],
});

export const Records = /* @__PURE__ */ new Table<schema.Records>({
  records: [AccountRecord],
});

export const ComparisonWanted = /* @__PURE__ */ new Table<schema.ComparisonWanted>({
  withinMs: UINT32,
});

export const Receipts = /* @__PURE__ */ new Table<schema.Receipts>({
  conversationId: STRING,
  cursors: [Cursor],
});

export const DevicePresence = /* @__PURE__ */ new Table<schema.DevicePresence>({
  kind: UINT32,
  isIdle: BOOL,
});

export const Presence = /* @__PURE__ */ new Table<schema.Presence>({
  userId: STRING,
  state: UINT32,
  devices: [DevicePresence],
  lastSeenMs: UINT64,
});

export const PresenceChanged = /* @__PURE__ */ new Table<schema.PresenceChanged>({
  presences: [Presence],
});

export const Typist = /* @__PURE__ */ new Table<schema.Typist>({
  userId: STRING,
  kind: UINT32,
});

export const TypingChanged = /* @__PURE__ */ new Table<schema.TypingChanged>({
  conversationId: STRING,
  typists: [Typist],
});

export const Push = /* @__PURE__ */ new Table<schema.Push>({
  body: {
    entry: Entry,
    receipt: Receipt,
    conversationUpdate: ConversationUpdate,
    userEvent: UserEvent,
    synced: Synced,
    closing: Closing,
    positionsWanted: PositionsWanted,
    records: Records,
    comparisonWanted: ComparisonWanted,
    receipts: Receipts,
    presenceChanged: [40, PresenceChanged],
    typingChanged: TypingChanged,
  },
});

export const ServerFrame = /* @__PURE__ */ new Table<schema.ServerFrame>({
  frame: {
    reply: Reply,
    push: Push,
  },
});

export const Draft = /* @__PURE__ */ new Table<schema.Draft>({
  text: STRING,
});

export const Cleared = /* @__PURE__ */ new Table<schema.Cleared>({
  throughSeq: UINT64,
  readSeq: UINT64,
  unreadCount: UINT32,
});

export const MarkedUnread = /* @__PURE__ */ new Table<schema.MarkedUnread>({
  throughSeq: UINT64,
});

export const Setting = /* @__PURE__ */ new Table<schema.Setting>({
  value: STRING,
});

export const Wish = /* @__PURE__ */ new Table<schema.Wish>({
  wanted: BOOL,
  greeting: STRING,
});

export const Block = /* @__PURE__ */ new Table<schema.Block>({
  blocked: BOOL,
});

export const Remark = /* @__PURE__ */ new Table<schema.Remark>({
  name: STRING,
  labels: [STRING],
});

export const Asking = /* @__PURE__ */ new Table<schema.Asking>({
  linkCode: STRING,
  text: STRING,
});
