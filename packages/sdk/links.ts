export { formatLink, type Link, parseLink } from '@hongyan/protocol';
export { newLinkCode } from './shell/new-ids.ts';
