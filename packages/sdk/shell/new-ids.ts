import { ID_LENGTH, idFromBytes } from '@hongyan/protocol';

/** Works on plain HTTP too, where browsers offer no `crypto.randomUUID`. */
const newId = (prefix: string): string => idFromBytes(prefix, crypto.getRandomValues(new Uint8Array(ID_LENGTH + 8)));

export const newMessageId = (): string => newId('m');

/** What nobody guesses, for the link of a group: `change(conversationId, { case: 'linkCode', value: newLinkCode() })`. */
export const newLinkCode = (): string => newId('');
