/** The key of the text for why a message was refused; the SDK gives the name of the server's error code. */
export function failureKey(reason: string) {
  const name = reason.toUpperCase();
  if (name.includes('LIMIT_EXCEEDED')) return 'state.reasonTooLong';
  if (name.includes('FORBIDDEN')) return 'state.reasonForbidden';
  if (name.includes('NOT_FOUND')) return 'state.reasonNotFound';
  return 'state.reasonOther';
}
