/** The bodies of one page, together: far below the send queue's bound, whatever the entries are. What is cut off is fetched. */
export const PAGE_BYTES_MAX = 256 * 1024;
