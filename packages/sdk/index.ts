export {
  type Audience,
  type ChosenPresence,
  type ConversationId,
  ConversationKind,
  type DeviceId,
  directConversationId,
  type GroupPolicy,
  isUserId,
  Joining,
  type Link,
  type LinkPreview,
  type Member,
  mentionToken,
  type PresenceAudience,
  type PresenceChoice,
  type ReceiptCount,
  type RecordKey,
  type Relation,
  Role,
  selfConversationId,
  type UserId,
} from '@hongyan/protocol';
export { type ClientOptions, createClient } from './client.ts';
export { type FailureKind, type FailureReason, failureKind, failureReason } from './failures.ts';
export type { PresenceFeature } from './presence/types.ts';
export type { Fetch } from './rest.ts';
export type { SearchFeature, SearchHit, SearchKind, SearchPage, SearchPlace, SearchQuery } from './search/types.ts';
export type { LiveQuestionsFeature } from './shell/live-questions.ts';
export type { Channel, Neighbours } from './shell/neighbours.ts';
export { IndexedDbStore } from './stores/indexeddb.ts';
export type { ClientStore } from './stores/store.ts';
export type { Fallback } from './transports/default.ts';
export type { Transport } from './transports/transport.ts';
export { webSocketTransport } from './transports/websocket.ts';
export * from './types.ts';
