import type { MessageContent } from '@hongyan/sdk';
import type { useI18n } from 'vue-i18n';
import { plainLine } from './markdown.ts';

type Translate = ReturnType<typeof useI18n>['t'];

/** A message in one line, as the list and announcements have it. */
export function contentLine(content: MessageContent, t: Translate): string {
  switch (content.kind) {
    case 'text':
      return plainLine(content.text);
    case 'contact':
      return t('timeline.contact');
    case 'bundle':
      return t('timeline.bundle', { n: content.messages.length, title: content.title }, content.messages.length);
    case 'created':
      return t('timeline.created', { name: content.name });
    case 'change':
      return t('timeline.changed');
    case 'erased':
      return t('timeline.erased');
    case 'unknown':
      return t('conversations.unsupported');
  }
}
