const GROUP = /^group\.g[0-9a-z]{16}$/;

/** The other one of a direct conversation, from its id; undefined for notes to oneself and groups. */
export function peerOf(conversationId: string, myId: string): string | undefined {
  const [kind, ...members] = conversationId.split('.');
  return kind === 'direct' ? members.find((id) => id !== myId) : undefined;
}

export const isGroup = (conversationId: string): boolean => GROUP.test(conversationId);

export const isNotes = (conversationId: string): boolean => conversationId.startsWith('self.');

/**
 * Whether an id, which may come from an address somebody else used before, can be a conversation of this account. Of a group
 * only the list of conversations knows.
 */
export function belongsTo(conversationId: string, myId: string): boolean {
  const [kind, ...members] = conversationId.split('.');
  if (isGroup(conversationId)) return true;
  if (kind === 'self') return members.length === 1 && members[0] === myId;
  return kind === 'direct' && members.length === 2 && members.includes(myId) && new Set(members).size === 2;
}
