import * as codec from '#codec';
import type * as schema from './gen/hongyan.ts';
import { decode, encode } from './wire.ts';

// Decoders throw RangeError or TypeError on anything that is not a message of
// the schema; decoded `Uint8Array`s are views onto the input, so copy one (`copyBytes`) before keeping it.
export const encodeCommand = (command: schema.Command) => encode(codec.Command, command);
export const decodeCommand = (bytes: Uint8Array) => decode(codec.Command, bytes);
export const encodeServerFrame = (frame: schema.ServerFrame) => encode(codec.ServerFrame, frame);
/** The frame that answers the command with this id. */
export const encodeReply = (id: number, body: NonNullable<schema.Reply['body']>) =>
  encodeServerFrame({ frame: { case: 'reply', value: { id, body } } });
export const encodePush = (body: NonNullable<schema.Push['body']>) =>
  encodeServerFrame({ frame: { case: 'push', value: { body } } });
export const decodeServerFrame = (bytes: Uint8Array) => decode(codec.ServerFrame, bytes);
// What is kept and not sent at once has memory of its own, so that storing it does not store a pool around it.
export const encodeContent = (content: schema.Content) => copyBytes(encode(codec.Content, content));
/** The content that is a text and nothing else. */
export const encodeText = (text: string) => encodeContent({ kind: { case: 'text', value: { text } }, replyToSeq: 0 });
export const decodeContent = (bytes: Uint8Array) => decode(codec.Content, bytes);
export const encodeGroupCreated = (created: schema.GroupCreated) => copyBytes(encode(codec.GroupCreated, created));
export const decodeGroupCreated = (bytes: Uint8Array) => decode(codec.GroupCreated, bytes);
export const encodeReaction = (reaction: schema.Reaction) => copyBytes(encode(codec.Reaction, reaction));
export const decodeReaction = (bytes: Uint8Array) => decode(codec.Reaction, bytes);
export const encodeConversationChange = (change: schema.ConversationChange) =>
  copyBytes(encode(codec.ConversationChange, change));
export const decodeConversationChange = (bytes: Uint8Array) => decode(codec.ConversationChange, bytes);
export const encodeFacts = (facts: schema.Facts) => copyBytes(encode(codec.Facts, facts));
export const decodeFacts = (bytes: Uint8Array) => decode(codec.Facts, bytes);
export const encodeEntryHeader = (header: schema.EntryHeader) => copyBytes(encode(codec.EntryHeader, header));
export const decodeEntryHeader = (bytes: Uint8Array) => decode(codec.EntryHeader, bytes);
export const encodeEntry = (entry: schema.Entry) => copyBytes(encode(codec.Entry, entry));
export const decodeEntry = (bytes: Uint8Array) => decode(codec.Entry, bytes);
export const encodeDraft = (draft: schema.Draft) => copyBytes(encode(codec.Draft, draft));
export const decodeDraft = (bytes: Uint8Array) => decode(codec.Draft, bytes);
export const encodeCleared = (cleared: schema.Cleared) => copyBytes(encode(codec.Cleared, cleared));
export const decodeCleared = (bytes: Uint8Array) => decode(codec.Cleared, bytes);
export const encodeMarkedUnread = (marked: schema.MarkedUnread) => copyBytes(encode(codec.MarkedUnread, marked));
export const decodeMarkedUnread = (bytes: Uint8Array) => decode(codec.MarkedUnread, bytes);
export const encodeSetting = (setting: schema.Setting) => copyBytes(encode(codec.Setting, setting));
export const decodeSetting = (bytes: Uint8Array) => decode(codec.Setting, bytes);

export const encodeWish = (wish: schema.Wish) => copyBytes(encode(codec.Wish, wish));
export const decodeWish = (bytes: Uint8Array) => decode(codec.Wish, bytes);
export const encodeBlock = (block: schema.Block) => copyBytes(encode(codec.Block, block));
export const decodeBlock = (bytes: Uint8Array) => decode(codec.Block, bytes);
export const encodeRemark = (remark: schema.Remark) => copyBytes(encode(codec.Remark, remark));
export const decodeRemark = (bytes: Uint8Array) => decode(codec.Remark, bytes);
export const encodeAsking = (asking: schema.Asking) => copyBytes(encode(codec.Asking, asking));
export const decodeAsking = (bytes: Uint8Array) => decode(codec.Asking, bytes);

/** A copy that shares no memory with its source, whatever subclass of Uint8Array the source is. */
export function copyBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
