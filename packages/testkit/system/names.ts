import { type ConversationId, ID_LENGTH } from '@hongyan/protocol';

/** People of a simulated run, in letters that ids may have. */
export const names = ['ann', 'bea', 'cat', 'dan', 'eva', 'fay'] as const;

/** A valid id one can read: the name filled up with zeros. */
export const idOf = (prefix: 'u' | 'd', name: string): string => `${prefix}${name.padEnd(ID_LENGTH, '0')}`;

/** A valid group's id one can read. */
export const groupIdOf = (name: string): ConversationId => `group.g${name.padEnd(ID_LENGTH, '0')}`;

/** Text with the zeros of all ids left out. */
export const readableId = (text: string): string => text.replace(/0{8,}/g, '');
