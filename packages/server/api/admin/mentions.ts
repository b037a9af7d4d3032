import { isUserId, type UserId } from '@hongyan/protocol';
import type { AccountRefs } from './account-refs.ts';

const external = /<@(ext:[\w.~:@+-]{1,128})>/g;
const mention = /<@(all|u[0-9a-z]{16})>/g;

/** The text with accounts in it named by their ids: what an app calls them means nothing to a client. */
export async function withUserIds(text: string, refs: AccountRefs): Promise<string> {
  const named = [...new Set([...text.matchAll(external)].flatMap(([, ref]) => ref ?? []))];
  const userIds = await refs.findAll(named);
  const byRef = new Map(named.map((ref, at) => [ref, userIds[at]]));
  return text.replace(external, (whole, ref: string) => `<@${byRef.get(ref) ?? whole}>`);
}

/** Whom a text mentions, for its header. */
export function mentionsIn(text: string): { mentionedIds: UserId[]; mentionsAll: boolean } {
  const named = new Set([...text.matchAll(mention)].map(([, name]) => name ?? ''));
  return { mentionedIds: [...named].filter(isUserId), mentionsAll: named.has('all') };
}
