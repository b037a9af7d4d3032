// The bounds and deadlines of the engine. What the server states in Welcome comes on top.

/** The first pause after a failed attempt, and the least of every later one. */
export const RETRY_DELAY_MIN_MS = 500;
/** CON-2: the longest pause between attempts. */
export const RETRY_DELAY_MAX_MS = 30_000;
/** Within this span a lost connection comes back when the server says "at once". */
export const PROMPT_RETRY_SPAN_MS = 1_000;
/** The longest `retry_after_ms` that is obeyed. */
export const RETRY_AFTER_MAX_MS = 600_000;
/** How long the shell may take for a fresh token and an open transport. */
export const CONNECT_TIMEOUT_MS = 20_000;
/** How long a command may stay unanswered before the connection is taken for dead. */
export const COMMAND_TIMEOUT_MS = 30_000;
/** How long an answer to a probe may take after the platform reported a change of network. */
export const PROBE_TIMEOUT_MS = 5_000;
/** How long a command that was refused for good rests before this device asks again. */
export const REFUSED_FETCH_PAUSE_MS = 60_000;

/** Entries ahead of a gap, per conversation; those further on are fetched again instead. */
export const HELD_ENTRIES_MAX = 256;
/** Entries waiting for the store; beyond this nothing more is fetched or applied until it caught up. */
export const UNSTORED_ENTRIES_MAX = 4_000;
/** FetchEntries and FetchConversation under way at once, over all conversations. */
export const FETCHES_MAX = 8;
/** Messages in the outbox. */
export const OUTBOX_MAX = 10_000;
/** How many messages a timeline shows at first. */
export const TIMELINE_PAGE = 50;
