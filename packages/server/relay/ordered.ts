import type { Command } from '@hongyan/protocol';

/** Whether commands of this kind on one conversation have to be carried out in the order in which they were asked (P3). */
export const isOrdered = (body: Command['body']): boolean => body?.case === 'sendMessage';
