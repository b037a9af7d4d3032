import type { ConversationId, DeviceId, Entry, UserId } from '@hongyan/protocol';
import type { Message, MessageState } from '@hongyan/sdk/types';

/** What can be seen of a run from outside: on the screens, in the devices' stores, on the wire. */
export type Observation =
  /** A device's program started: a new life, with what its store kept. */
  | { kind: 'device-started'; deviceId: DeviceId }
  | { kind: 'device-crashed'; deviceId: DeviceId }
  | { kind: 'server-started' }
  | { kind: 'server-crashed' }
  | { kind: 'server-stopped' }
  /** The person wrote a message. */
  | { kind: 'composed'; deviceId: DeviceId; conversationId: ConversationId; clientMessageId: string }
  /** The device's store took a message into its outbox: from now on it is promised. */
  | { kind: 'outbox-kept'; deviceId: DeviceId; clientMessageId: string }
  /** The device was told that its message is in the log. */
  | { kind: 'sent'; deviceId: DeviceId; conversationId: ConversationId; clientMessageId: string; seq: number }
  /** The state shown beside one's own message. */
  | { kind: 'message-state'; deviceId: DeviceId; clientMessageId: string; state: MessageState }
  /** The application was told of a message of somebody else, or of another device. */
  | { kind: 'announced'; deviceId: DeviceId; message: Message }
  /** The device's store took entries, ascending; it now claims to hold `fromSeq` to `toSeq`. */
  | {
      kind: 'held';
      deviceId: DeviceId;
      conversationId: ConversationId;
      fromSeq: number;
      toSeq: number;
      /** The account's own read position as it is kept beside. */
      readSeq: number;
      entries: readonly Entry[];
    }
  /** The person opened the conversation and saw it up to here. */
  | { kind: 'opened'; deviceId: DeviceId; conversationId: ConversationId; seq: number }
  /** The device told the server how far it is. */
  | {
      kind: 'stated';
      deviceId: DeviceId;
      conversationId: ConversationId;
      deliveredSeq: number;
      readSeq: number;
    }
  /** The server told the device how far a member is. */
  | {
      kind: 'told';
      deviceId: DeviceId;
      conversationId: ConversationId;
      userId: UserId;
      deliveredSeq: number;
      readSeq: number;
    };
