/** Accounts in a group. */
export const GROUP_MEMBERS_MAX = 100_000;
/** Accounts that a group may begin with. */
export const GROUP_FOUNDERS_MAX = 10_000;
/** Accounts that one entry adds or removes. */
export const CHANGED_MEMBERS_MAX = 500;
/** Administrators beside the owner. */
export const ADMINS_MAX = 50;
export const PINNED_MAX = 50;
export const MENTIONED_MAX = 100;
/** Characters. */
export const NAME_LENGTH_MAX = 64;
export const AVATAR_LENGTH_MAX = 64;
export const ANNOUNCEMENT_LENGTH_MAX = 4_096;
export const QUESTION_LENGTH_MAX = 200;
/** Random characters of a link. */
export const LINK_CODE_LENGTH_MIN = 16;
export const LINK_CODE_LENGTH_MAX = 64;
/** Of messages that are erased by themselves: 5 seconds to a year. */
export const LIFETIME_MIN_MS = 5_000;
export const LIFETIME_MAX_MS = 365 * 86_400_000;
/** Bytes of an encoded Reaction: a few emoji. */
export const REACTION_BYTES_MAX = 128;
