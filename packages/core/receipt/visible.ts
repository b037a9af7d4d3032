/** In a larger group nobody is told of everybody's cursors (RCP-8). */
export const RECEIPT_MEMBERS_MAX = 500;

/** Whether the members of a conversation with so many are told of each other's cursors. */
export const hasReceipts = (memberCount: number): boolean => memberCount <= RECEIPT_MEMBERS_MAX;
