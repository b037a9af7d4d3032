import {
  type Command,
  type ConversationId,
  EntryKind,
  encodeCommand,
  encodeConversationChange,
  encodeText,
  Feature,
  joinFrames,
  NO_HEADER,
  NO_HOLDINGS,
  PROTOCOL_VERSION,
} from '@hongyan/protocol';

type Body = NonNullable<Command['body']>;

export interface PryingParts {
  accessToken: string;
  conversationId: ConversationId;
  /** Of what is written, recalled and renamed. */
  names: readonly string[];
}

/** P6: what somebody sends by hand who wants all of a group, whatever they are in it. */
export function pryingBytes({ accessToken, conversationId, names }: PryingParts): Uint8Array {
  const [said = '', recalled = '', renamed = ''] = names;
  const page = { conversationId, beforeSeq: 0, limit: 200 };
  const change = { conversationId, clientTimeMs: 0 };
  const bodies: Body[] = [
    {
      case: 'hello',
      value: {
        protocolVersion: PROTOCOL_VERSION,
        features: [Feature.PRESENCE],
        accessToken,
        client: 'prier',
        holdings: NO_HOLDINGS,
        resume: undefined,
      },
    },
    { case: 'fetchEntries', value: { ...page, afterSeq: 0 } },
    { case: 'fetchEntries', value: { conversationId, afterSeq: 0, beforeSeq: 5, limit: 200 } },
    { case: 'fetchChanges', value: { conversationId, targetSeq: 2, afterSeq: 0, limit: 100 } },
    { case: 'fetchConversation', value: { conversationId, limit: 100 } },
    { case: 'fetchMembers', value: { conversationId, query: '', after: '', limit: 100 } },
    { case: 'fetchReceiptCounts', value: { conversationId, seqs: [1, 2, 3] } },
    { case: 'sendMessage', value: { ...change, clientMessageId: said, body: encodeText(`${said}.`) } },
    {
      case: 'changeConversation',
      value: {
        ...{ ...change, clientMessageId: recalled, kind: EntryKind.RECALL },
        ...{ header: { ...NO_HEADER, targetSeq: 2 }, body: new Uint8Array() },
      },
    },
    {
      case: 'changeConversation',
      value: {
        ...{ ...change, clientMessageId: renamed, kind: EntryKind.CONVERSATION_CHANGED },
        body: encodeConversationChange({ change: { case: 'name', value: 'pried' } }),
      },
    },
    { case: 'watch', value: { userIds: [], conversationIds: [conversationId] } },
  ];
  return joinFrames(bodies.map((body, index) => encodeCommand({ id: index + 1, body })));
}
