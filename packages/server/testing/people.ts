import type { Identity } from '@hongyan/core';
import { directConversationId, idFromBytes } from '@hongyan/protocol';

export const testId = (prefix: string, n: number) => idFromBytes(prefix, new Uint8Array(16).fill(n));

export const anna: Identity = { userId: testId('u', 1), deviceId: testId('d', 1) };
export const annasPhone: Identity = { userId: anna.userId, deviceId: testId('d', 2) };
export const boris: Identity = { userId: testId('u', 2), deviceId: testId('d', 3) };
export const carla: Identity = { userId: testId('u', 3), deviceId: testId('d', 4) };

/** The conversation of Anna and Boris. */
export const withBoris = directConversationId(anna.userId, boris.userId);
