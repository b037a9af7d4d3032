import { ConversationKind } from './gen/hongyan.ts';
import { type ConversationId, isUserId, parseConversationId, type UserId } from './ids.ts';

/** What a link leads to: somebody to be friends with, a group to join, or a message. */
export type Link =
  | { kind: 'person'; userId: UserId }
  | { kind: 'group'; conversationId: ConversationId; linkCode: string }
  | { kind: 'message'; conversationId: ConversationId; seq: number };

const pattern = /^(https?:\/\/[^\s#]+?)\/*#\/([ugm])\/([^\s/]+)(?:\/([^\s/]+))?$/;

/**
 * A link's text form, which is also what a QR code holds: `https://host/#/u/<account>`, `…/#/g/<group>/<link code>` or
 * `…/#/m/<conversation>/<seq>`. What follows the # is not sent to the server, so no log has a group's link code.
 * `server`: where the web client is, as `https://host`.
 */
export function formatLink(server: string, link: Link): string {
  return `${server.replace(/\/+$/, '')}/#/${pathOf(link)}`;
}

function pathOf(link: Link): string {
  switch (link.kind) {
    case 'person':
      return `u/${link.userId}`;
    case 'group':
      return `g/${link.conversationId}/${encodeURIComponent(link.linkCode)}`;
    case 'message':
      return `m/${link.conversationId}/${link.seq}`;
  }
}

/** Undefined when the text is no such link. It may be one to another server: compare `server` with one's own. */
export function parseLink(text: string): { server: string; link: Link } | undefined {
  const [, server = '', letter, id = '', rest] = pattern.exec(text.trim()) ?? [];
  const link = linkOf(letter, id, rest);
  return link && { server, link };
}

function linkOf(letter: string | undefined, id: string, rest: string | undefined): Link | undefined {
  const parsed = parseConversationId(id);
  switch (letter) {
    case 'u':
      return rest === undefined && isUserId(id) ? { kind: 'person', userId: id } : undefined;
    case 'g': {
      const linkCode = rest && decoded(rest);
      return linkCode && parsed?.kind === ConversationKind.GROUP
        ? { kind: 'group', conversationId: id, linkCode }
        : undefined;
    }
    case 'm':
      return parsed && /^[1-9]\d{0,14}$/.test(rest ?? '')
        ? { kind: 'message', conversationId: id, seq: Number(rest) }
        : undefined;
    default:
      return undefined;
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
