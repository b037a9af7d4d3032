import type { MessageContent } from '@hongyan/sdk';
import DOMPurify from 'dompurify';
import { renderMarkdown } from './markdown.ts';

const rules = {
  ALLOWED_TAGS: ['p', 'br', 'a', 'strong', 'em', 's', 'code', 'pre', 'ul', 'ol', 'li', 'blockquote'],
  ALLOWED_ATTR: ['href', 'target', 'rel', 'start'],
};

// Keyed by the content object, which the SDK keeps while a message is unchanged.
const rendered = new WeakMap<MessageContent, string>();

/** Safe HTML of a text message. */
export function contentHtml(content: Extract<MessageContent, { kind: 'text' }>): string {
  let html = rendered.get(content);
  if (html === undefined) {
    html = DOMPurify.sanitize(renderMarkdown(content.text), rules);
    rendered.set(content, html);
  }
  return html;
}
