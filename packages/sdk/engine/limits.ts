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
/** A way up slower than this many bytes a millisecond is no way. */
export const UPLOAD_RATE_MIN = 1;
/** CON-4: how long nothing may be heard while a command is unanswered, before the path is probed. */
export const PROBE_AFTER_MS = 8_000;
/** CON-4, CON-5: how long nothing may be heard after a probe. */
export const PROBE_TIMEOUT_MS = 5_000;
/** CON-5: the same when the platform says that there is no network. */
export const OFFLINE_PROBE_TIMEOUT_MS = 1_500;
/** How long a session may take between two pushes while it is brought up to date. */
export const SYNC_PAUSE_MAX_MS = 30_000;
/** How long a command that was refused for good rests before this device asks again. */
export const REFUSED_FETCH_PAUSE_MS = 60_000;

/** Entries ahead of a gap, per conversation: the newest page and what is pushed meanwhile. Those further on are fetched again. */
export const HELD_ENTRIES_MAX = 512;
/** SYN-21: a gap longer than this is not filled; what is in it is fetched when somebody looks at it. */
export const GAP_FILL_MAX = 1_000;
/** Entries waiting for the store; beyond this nothing more is fetched or applied until it caught up. */
export const UNSTORED_ENTRIES_MAX = 4_000;
/** FetchEntries and FetchConversation under way at once, over all conversations. */
export const FETCHES_MAX = 8;
/** How many of one's own messages are remembered after they came back in the log. */
export const SETTLED_MESSAGES_MAX = 2_000;
/** OUT-5: how often and how long a message is sent before the person is asked. */
export const RESEND_BOUNDS = { countMax: 5, spanMs: 180_000 };
/** OUT-11: of messages that wait for a batch no more than these are kept ahead of it. */
export const NOTED_MAX = 64;
/** Messages in the outbox. */
export const OUTBOX_MAX = 10_000;
/** How many messages a timeline shows at first. */
export const TIMELINE_PAGE = 50;
/** MSG-21: how many erased messages of a conversation are remembered while the program runs. */
export const ERASURES_MAX = 1_000;
/** MSG-23: the longest pause before it is looked again at what is over; timers of browsers overflow after 24 days. */
export const EXPIRY_LOOK_MAX_MS = 86_400_000;
/** MSG-26: with fewer lines than this a timeline goes on loading older ones by itself. */
export const LINES_MIN = 15;
/** How many messages a timeline that is opened at a place shows before it. */
export const PLACE_MARGIN = 10;
/** What the application asks and was not sent yet. */
export const QUESTIONS_MAX = 64;
