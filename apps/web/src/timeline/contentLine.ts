import type { Message, MessageContent } from '@hongyan/sdk';
import { useI18n } from 'vue-i18n';
import { useName } from '../client/useName.ts';
import { plainLine } from './markdown.ts';
import { namedMentions } from './mentions.ts';
import { useSystemLine } from './systemLine.ts';

/** Messages in one line, as the list and announcements have them. */
export function useContentLine() {
  const { t } = useI18n();
  const { personName } = useName();
  const systemLine = useSystemLine();

  const nameOf = (id: string) => (id === 'all' ? t('message.all') : personName(id));

  function contentLine(content: MessageContent, senderId: string): string {
    switch (content.kind) {
      case 'text':
        return plainLine(namedMentions(content.text, nameOf));
      case 'contact':
        return `${t('timeline.contact')}: ${personName(content.userId)}`;
      case 'bundle':
        return t('timeline.bundle', { n: content.messages.length, title: content.title }, content.messages.length);
      case 'created':
      case 'change':
        return systemLine(content, senderId);
      case 'erased':
        return t('timeline.erased');
      case 'unknown':
        return t('conversations.unsupported');
    }
  }

  const messageLine = ({ content, senderId }: Message) => contentLine(content, senderId);

  return {
    contentLine,
    /** What a search found, whole. */
    foundLine: (text: string) => plainLine(namedMentions(text, nameOf), text.length * 2),
    messageLine,
    /** As its writer wrote it, with names for mentions. */
    messageText: (message: Message) =>
      message.content.kind === 'text' ? namedMentions(message.content.text, nameOf) : messageLine(message),
  };
}
