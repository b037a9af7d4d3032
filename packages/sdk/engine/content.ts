import {
  type Content,
  decodeContent,
  decodeConversationChange,
  decodeGroupCreated,
  type Entry,
  EntryKind,
} from '@hongyan/protocol';
import type { MessageContent } from '../types.ts';

/** Bundles within bundles beyond this are not looked into. */
const DEPTH_MAX = 4;
const UNKNOWN: MessageContent = { kind: 'unknown' };

/** A message's body; undefined when it is none that this version can read. */
export function readContent(body: Uint8Array): Content | undefined {
  try {
    return decodeContent(body);
  } catch {
    return undefined;
  }
}

/** What an entry says by itself. */
export function contentOf({ kind, body }: Pick<Entry, 'kind' | 'body'>, depth = 0): MessageContent {
  try {
    switch (kind) {
      case EntryKind.MESSAGE:
      case EntryKind.EDIT:
        return shownContent(decodeContent(body), depth);
      case EntryKind.GROUP_CREATED:
        return { kind: 'created', name: decodeGroupCreated(body).name };
      case EntryKind.CONVERSATION_CHANGED: {
        const { change } = decodeConversationChange(body);
        return change ? { kind: 'change', change } : UNKNOWN;
      }
      default:
        return UNKNOWN;
    }
  } catch {
    return UNKNOWN;
  }
}

function shownContent({ kind }: Content, depth: number): MessageContent {
  switch (kind?.case) {
    case 'text':
      return { kind: 'text', ...kind.value };
    case 'contact':
      return { kind: 'contact', userId: kind.value.userId };
    case 'bundle': {
      const { title, messages } = kind.value;
      if (depth >= DEPTH_MAX) return UNKNOWN;
      const bundled = messages.map(({ content, ...said }) => ({
        ...said,
        content: contentOf({ kind: EntryKind.MESSAGE, body: content }, depth + 1),
      }));
      return { kind: 'bundle', title, messages: bundled };
    }
    case undefined:
      return UNKNOWN;
  }
}
