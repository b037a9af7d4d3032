import { type ConnectionState, type Conversation, failureKind, type Message } from '@hongyan/sdk/node';
import type { Texts } from '../texts/index.ts';

const EXCERPT_LENGTH = 40;

/** Keeps what others write from steering the terminal: control characters but line ends and tabs become visible. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
export const harmless = (text: string): string => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd');

export function contentText(message: Message, texts: Texts): string {
  switch (message.content.kind) {
    case 'text':
      return harmless(message.content.text);
    case 'contact':
      return texts.contact;
    case 'bundle':
      return texts.bundle(harmless(message.content.title), message.content.messages.length);
    case 'created':
      return texts.created(harmless(message.content.name));
    case 'change':
      return texts.changed;
    case 'erased':
      return texts.erased;
    case 'unknown':
      return texts.unknownContent;
  }
}

function excerpt(text: string): string {
  const characters = [...text.replaceAll('\n', ' ')];
  return characters.length <= EXCERPT_LENGTH ? characters.join('') : `${characters.slice(0, EXCERPT_LENGTH).join('')}…`;
}

const clockTime = (timeMs: number): string => {
  const time = new Date(timeMs);
  return `${String(time.getHours()).padStart(2, '0')}:${String(time.getMinutes()).padStart(2, '0')}`;
};

/** `14:03 bob: hello`, with the state behind one's own. */
export function messageLine(message: Message, name: string, texts: Texts): string {
  const state = message.mine ? `  ${texts.state[message.state.name]}` : '';
  return `${clockTime(message.timeMs)} ${harmless(name)}: ${contentText(message, texts)}${state}`;
}

/** `  ✓ sent: hello` */
export function stateLine(message: Message, texts: Texts): string {
  const { state } = message;
  const reason = state.name === 'failed' ? ` (${texts.failure[failureKind(state.reason)]}; ${texts.failedHint})` : '';
  return `  ${texts.state[state.name]}${reason}: ${excerpt(contentText(message, texts))}`;
}

/** `bob (2 unread) hello`; `bob (unread) hello` where the person marked it so. */
export function conversationLine(conversation: Conversation, name: string, texts: Texts): string {
  const { lastMessage, unreadCount, markedUnread, failedCount } = conversation;
  const last = lastMessage === undefined ? '' : `  ${excerpt(contentText(lastMessage, texts))}`;
  return `${harmless(name)}${texts.unread(unreadCount, markedUnread)}${texts.failedCount(failedCount)}${last}`;
}

export function connectionLine(state: ConnectionState, texts: Texts): string {
  switch (state.status) {
    case 'queued':
      return texts.connection.queued(state.place - 1);
    case 'offline':
      return texts.connection.offline(state.reason);
    case 'stopped':
      return texts.connection.stopped(state.reason);
    default:
      return texts.connection[state.status];
  }
}
