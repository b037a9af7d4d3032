/**
 * What a node can do without, in the order in which an overloaded one stops doing it (LOD-5):
 *
 * - `signal`: typing and presence, which nobody misses later.
 * - `comparison`: the comparison in a heartbeat; the next one makes up for it.
 * - `history`: pages of older entries, and search.
 * - `state`: reads of conversation and account state; receipts are pushed seldom instead of at once.
 * - `handshake`: who is not connected waits, so that who is connected goes on.
 * - `message`: what people write, and their cursors and records. The last to go.
 */
export const SHEDDING_ORDER = ['signal', 'comparison', 'history', 'state', 'handshake', 'message'] as const;

export type LoadClass = (typeof SHEDDING_ORDER)[number];

/** How many of the classes are shed, from the first on: 0 is none. */
export type LoadLevel = number;

export const LOAD_LEVEL_MAX: LoadLevel = SHEDDING_ORDER.length;

const ranks = Object.fromEntries(SHEDDING_ORDER.map((name, rank) => [name, rank])) as Record<LoadClass, number>;

/** Whether a node at this level does without the class. */
export const isShed = (name: LoadClass, level: LoadLevel): boolean => ranks[name] < level;
