import {
  type ConversationChange,
  type Entry,
  type EntryHeader,
  EntryKind,
  encodeConversationChange,
  encodeReaction,
  NO_HEADER,
} from '@hongyan/protocol';
import type { Message } from '../../types.ts';
import type { Device } from './device.ts';
import { conversationId, type ModelServer, pushFrame, textBody } from './model-server.ts';

/** What changes messages, as the server appends it. */
export const changing = (server: ModelServer) => ({
  edit: (by: string, seq: number, text: string, header: Partial<EntryHeader> = {}): Entry =>
    server.change(by, EntryKind.EDIT, seq, textBody(text), header),
  recall: (by: string, seq: number): Entry => server.change(by, EntryKind.RECALL, seq),
  react: (by: string, seq: number, ...emoji: string[]): Entry =>
    server.change(by, EntryKind.REACTION, seq, encodeReaction({ emoji })),
  conversation: (by: string, change: ConversationChange['change']): Entry =>
    server.change(by, EntryKind.CONVERSATION_CHANGED, 0, encodeConversationChange({ change })),
  /** A message with a header. */
  message: (by: string, id: string, header: Partial<EntryHeader>): Entry => {
    const entry = { ...server.append(by, id), header: { ...NO_HEADER, ...header } };
    server.log[entry.seq - 1] = entry;
    return entry;
  },
});

export const pushed = (device: Device, ...entries: Entry[]): void =>
  device.receive(...entries.map((value) => pushFrame({ case: 'entry', value })));

/** The open timeline, once the store has answered. */
export const shown = (device: Device, windowId?: string): readonly Message[] =>
  device.engine.timeline(conversationId, windowId)?.messages ?? [];

/** What its messages say. */
export const texts = (device: Device, windowId?: string): (string | undefined)[] =>
  shown(device, windowId).map(({ content }) => (content.kind === 'text' ? content.text : content.kind));
