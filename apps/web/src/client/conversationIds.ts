/** The other one of a direct conversation, from its id; undefined for notes to oneself. */
export function peerOf(conversationId: string, myId: string): string | undefined {
  const [kind, ...members] = conversationId.split('.');
  return kind === 'direct' ? members.find((id) => id !== myId) : undefined;
}

/** Whether an id, which may come from an address somebody else used before, is a conversation of this account. */
export function belongsTo(conversationId: string, myId: string): boolean {
  const [kind, ...members] = conversationId.split('.');
  if (kind === 'self') return members.length === 1 && members[0] === myId;
  return kind === 'direct' && members.length === 2 && members.includes(myId) && new Set(members).size === 2;
}
