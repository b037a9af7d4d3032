import { SYSTEM_USER_ID, type UserId } from '@hongyan/protocol';

/** Whose membership says what is read: the system reads all of a conversation that it may open (API-3). */
export const viewerOf = (userId: UserId): UserId | undefined => (userId === SYSTEM_USER_ID ? undefined : userId);
