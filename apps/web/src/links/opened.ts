import { type Link, parseLink } from '@hongyan/sdk/links';
import { shallowRef } from 'vue';
import { ownServer } from '../client/ownServer.ts';

/** The link that was followed and is not yet answered; it waits until somebody is signed in. */
export const opened = shallowRef<Link>();

/** Follows a link of this server in this page; false when it is none. */
export function followLink(href: string): boolean {
  const parsed = parseLink(href);
  if (parsed?.server !== ownServer) return false;
  opened.value = parsed.link;
  return true;
}

/** A click on such a link within messages opens no other tab. */
export function onLinkClick(event: MouseEvent): void {
  const anchor = event.target instanceof Element ? event.target.closest('a') : null;
  if (anchor !== null && !event.ctrlKey && !event.metaKey && followLink(anchor.href)) event.preventDefault();
}

function followAddress(): void {
  // It is not kept in the address: a reload would ask again.
  if (followLink(location.href)) history.replaceState(null, '', location.pathname);
}

/** Follows the link that the page was opened with, or that somebody put into its address. */
export function followLinks(): void {
  addEventListener('hashchange', followAddress);
  followAddress();
}
