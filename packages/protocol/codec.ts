import * as schema from './gen/hongyan.ts';
import { decode, encode } from './wire.ts';

// Decoders throw RangeError or TypeError on anything that is not a message of
// the schema; decoded `Uint8Array`s are views onto the input, so copy one (`copyBytes`) before keeping it.
export const encodeCommand = (command: schema.Command) => encode(schema.writeCommand, command);
export const decodeCommand = (bytes: Uint8Array) => decode(schema.readCommand, bytes);
export const encodeServerFrame = (frame: schema.ServerFrame) => encode(schema.writeServerFrame, frame);
/** The frame that answers the command with this id. */
export const encodeReply = (id: number, body: NonNullable<schema.Reply['body']>) =>
  encodeServerFrame({ frame: { case: 'reply', value: { id, body } } });
export const encodePush = (body: NonNullable<schema.Push['body']>) =>
  encodeServerFrame({ frame: { case: 'push', value: { body } } });
export const decodeServerFrame = (bytes: Uint8Array) => decode(schema.readServerFrame, bytes);
// What is kept and not sent at once has memory of its own, so that storing it does not store a pool around it.
export const encodeContent = (content: schema.Content) => copyBytes(encode(schema.writeContent, content));
/** The content that is a text and nothing else. */
export const encodeText = (text: string) => encodeContent({ kind: { case: 'text', value: { text } }, replyToSeq: 0 });
export const decodeContent = (bytes: Uint8Array) => decode(schema.readContent, bytes);
export const encodeGroupCreated = (created: schema.GroupCreated) =>
  copyBytes(encode(schema.writeGroupCreated, created));
export const decodeGroupCreated = (bytes: Uint8Array) => decode(schema.readGroupCreated, bytes);
export const encodeReaction = (reaction: schema.Reaction) => copyBytes(encode(schema.writeReaction, reaction));
export const decodeReaction = (bytes: Uint8Array) => decode(schema.readReaction, bytes);
export const encodeConversationChange = (change: schema.ConversationChange) =>
  copyBytes(encode(schema.writeConversationChange, change));
export const decodeConversationChange = (bytes: Uint8Array) => decode(schema.readConversationChange, bytes);
export const encodeFacts = (facts: schema.Facts) => copyBytes(encode(schema.writeFacts, facts));
export const decodeFacts = (bytes: Uint8Array) => decode(schema.readFacts, bytes);
export const encodeEntryHeader = (header: schema.EntryHeader) => copyBytes(encode(schema.writeEntryHeader, header));
export const decodeEntryHeader = (bytes: Uint8Array) => decode(schema.readEntryHeader, bytes);
export const encodeEntry = (entry: schema.Entry) => copyBytes(encode(schema.writeEntry, entry));
export const decodeEntry = (bytes: Uint8Array) => decode(schema.readEntry, bytes);
export const encodeDraft = (draft: schema.Draft) => copyBytes(encode(schema.writeDraft, draft));
export const decodeDraft = (bytes: Uint8Array) => decode(schema.readDraft, bytes);
export const encodeCleared = (cleared: schema.Cleared) => copyBytes(encode(schema.writeCleared, cleared));
export const decodeCleared = (bytes: Uint8Array) => decode(schema.readCleared, bytes);
export const encodeMarkedUnread = (marked: schema.MarkedUnread) => copyBytes(encode(schema.writeMarkedUnread, marked));
export const decodeMarkedUnread = (bytes: Uint8Array) => decode(schema.readMarkedUnread, bytes);
export const encodeSetting = (setting: schema.Setting) => copyBytes(encode(schema.writeSetting, setting));
export const decodeSetting = (bytes: Uint8Array) => decode(schema.readSetting, bytes);

export const encodeWish = (wish: schema.Wish) => copyBytes(encode(schema.writeWish, wish));
export const decodeWish = (bytes: Uint8Array) => decode(schema.readWish, bytes);
export const encodeBlock = (block: schema.Block) => copyBytes(encode(schema.writeBlock, block));
export const decodeBlock = (bytes: Uint8Array) => decode(schema.readBlock, bytes);
export const encodeRemark = (remark: schema.Remark) => copyBytes(encode(schema.writeRemark, remark));
export const decodeRemark = (bytes: Uint8Array) => decode(schema.readRemark, bytes);
export const encodeAsking = (asking: schema.Asking) => copyBytes(encode(schema.writeAsking, asking));
export const decodeAsking = (bytes: Uint8Array) => decode(schema.readAsking, bytes);

/** A copy that shares no memory with its source, whatever subclass of Uint8Array the source is. */
export function copyBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
