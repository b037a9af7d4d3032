import type { MessageContent } from '@hongyan/sdk';
import DOMPurify from 'dompurify';
import { renderMarkdown } from './markdown.ts';

const rules = {
  ALLOWED_TAGS: ['p', 'br', 'a', 'strong', 'em', 's', 'code', 'pre', 'ul', 'ol', 'li', 'blockquote', 'span'],
  ALLOWED_ATTR: ['href', 'target', 'rel', 'start', 'data-mention'],
  ALLOW_DATA_ATTR: false,
};

type TextContent = Extract<MessageContent, { kind: 'text' }>;

// Keyed by the content object, which the SDK keeps while a message is unchanged.
const rendered = new WeakMap<MessageContent, string>();

export interface Mentioned {
  name: string;
  /** Whether it is the reader, also among all. */
  isMe: boolean;
}

const MENTION = /<span data-mention="([a-z0-9]+)"><\/span>/g;
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? '');

/** Safe HTML of a text message, with the names of those whom it mentions. */
export const messageHtml = (content: TextContent, mentioned: (id: string) => Mentioned): string =>
  contentHtml(content).replaceAll(MENTION, (_, id: string) => {
    const { name, isMe } = mentioned(id);
    return `<span class="mention${isMe ? ' me' : ''}" data-mention="${id}">@${escaped(name)}</span>`;
  });

function contentHtml(content: TextContent): string {
  let html = rendered.get(content);
  if (html === undefined) {
    html = DOMPurify.sanitize(renderMarkdown(content.text), rules);
    rendered.set(content, html);
  }
  return html;
}
