import type { Command, ConversationId, DeviceId, Entry, EntryKind, Push, ServerFrame, UserId } from '@hongyan/protocol';
import type { Message, MessageState } from '@hongyan/sdk/types';

/** What can be seen of a run from outside: on the screens, in the devices' stores, on the wire. */
export type Observation =
  /** A device's program started: a new life, with what its store kept. */
  | { kind: 'device-started'; deviceId: DeviceId /** Another one's, where this is a second tab. */; storeId?: DeviceId }
  | { kind: 'device-crashed'; deviceId: DeviceId }
  | { kind: 'server-started' }
  | { kind: 'server-crashed' }
  | { kind: 'server-stopped' }
  /** The person wrote a message. */
  | {
      kind: 'composed';
      deviceId: DeviceId;
      /** Where the device is a second tab, whose store it shares; absent when it has its own. */
      storeId?: DeviceId;
      conversationId: ConversationId;
      clientMessageId: string;
      /** Where it is no message, but changes one or the conversation. */
      change?: PlannedChange;
    }
  /** Such a change was not taken, and is not shown any more; the person is told. */
  | { kind: 'change-refused'; deviceId: DeviceId; clientMessageId: string }
  /** Somebody asked for a group of these people, the one who founds it first. */
  | { kind: 'founded'; conversationId: ConversationId; members: readonly UserId[] }
  /** The durable store has a new entry, as everybody sees it from now on. */
  | { kind: 'committed'; entry: Entry }
  /** The person put a failed message back on its way. */
  | { kind: 'tried-again'; deviceId: DeviceId; clientMessageId: string }
  /** The person does not want a failed message to be sent any more. */
  | { kind: 'given-up'; deviceId: DeviceId; clientMessageId: string }
  /** The device's store took a message into its outbox: from now on it is promised. */
  | { kind: 'outbox-kept'; deviceId: DeviceId; clientMessageId: string }
  /** The device was told that its message is in the log. */
  | { kind: 'sent'; deviceId: DeviceId; conversationId: ConversationId; clientMessageId: string; seq: number }
  /** The state shown beside one's own message. */
  | { kind: 'message-state'; deviceId: DeviceId; clientMessageId: string; state: MessageState }
  /** The application was told of a message of somebody else, or of another device. */
  | { kind: 'announced'; deviceId: DeviceId; message: Message }
  /** The device's store took entries, ascending, from one of its tabs; it now claims to hold `fromSeq` to `toSeq`. */
  | {
      kind: 'held';
      deviceId: DeviceId;
      /** Which of several tabs wrote it; absent when there is one. */
      tabId?: DeviceId;
      conversationId: ConversationId;
      /** Grows when what was held is dropped; 0 where that never happens. */
      generation?: number;
      fromSeq: number;
      toSeq: number;
      /** The account's own read position as it is kept beside. */
      readSeq: number;
      entries: readonly Entry[];
    }
  /** The person opened the conversation and saw it up to here. */
  | { kind: 'opened'; deviceId: DeviceId; conversationId: ConversationId; seq: number }
  /**
   * Everybody holds all entries, events and records, or everything; from now on there are interruptions only, and nobody has
   * to be brought what is held.
   */
  | { kind: 'complete'; all: 'entries' | 'everything' }
  /** The person scrolled back, and got what there is, or heard why not. */
  | { kind: 'older-requested'; deviceId: DeviceId; requestId: number }
  | { kind: 'older-answered'; deviceId: DeviceId; requestId: number }
  /** What went over a device's wire; a connection that is over answers nothing any more. */
  | { kind: 'commands-sent'; deviceId: DeviceId; connectionId: number; commands: readonly Command[]; atMs: number }
  | { kind: 'frames-received'; deviceId: DeviceId; connectionId: number; frames: readonly ServerFrame[] }
  | { kind: 'connection-over'; deviceId: DeviceId; connectionId: number }
  /** The device has a connection to this gateway. */
  | { kind: 'accepted'; deviceId: DeviceId; gateway: string }
  /** The bus brought a push to everybody who listens for this account. */
  | { kind: 'carried' /** Whose listeners. */; gateway: string; userId: UserId; push: Push; exceptSessionId: string }
  /** One of the people begins to ask for all of a group by hand. */
  | { kind: 'prying'; userId: UserId; conversationId: ConversationId }
  /** What one of the people was told who asked by hand for all of a group. */
  | { kind: 'prier-received'; userId: UserId; conversationId: ConversationId; frames: readonly ServerFrame[] }
  /** What an attacker was told; `name` tells one from another. */
  | { kind: 'attacker-received'; name: string; frames: readonly ServerFrame[] }
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

/** What a change is about: a message by its place or, while it has none, by its id; neither: the conversation. */
export interface PlannedChange {
  kind: EntryKind;
  targetSeq: number;
  targetId?: string;
}
