import type { Contact } from '@hongyan/sdk';

/** What of the contacts is shown. */
export type Filter = { kind: 'friends' } | { kind: 'label'; label: string } | { kind: 'blocked' };

/** All labels in use, in the order of their names. */
export const labelsOf = (contacts: readonly Contact[]): string[] =>
  [...new Set(contacts.flatMap(({ labels }) => labels))].sort((a, b) => a.localeCompare(b));

function isShown({ relation, labels, blocked }: Contact, filter: Filter): boolean {
  switch (filter.kind) {
    case 'friends':
      return relation.state === 'friends' && !blocked;
    case 'label':
      return labels.includes(filter.label) && !blocked;
    case 'blocked':
      return blocked;
  }
}

/** Those that pass the filter and whose name (`nameOf`, all that they are called by) contains the query, by name. */
export function listed(
  contacts: readonly Contact[],
  filter: Filter,
  query: string,
  nameOf: (userId: string) => string,
): Contact[] {
  const text = query.trim().toLowerCase();
  return contacts
    .filter((contact) => isShown(contact, filter) && nameOf(contact.userId).toLowerCase().includes(text))
    .sort((a, b) => nameOf(a.userId).localeCompare(nameOf(b.userId), 'zh-CN'));
}

/** Requests that wait for the account's answer, the newest first. */
export const requestsIn = (contacts: readonly Contact[]): Contact[] =>
  contacts
    .filter(({ relation, blocked }) => relation.state === 'received' && !blocked)
    .sort((a, b) => atMs(b) - atMs(a));

const atMs = ({ relation }: Contact): number => (relation.state === 'received' ? relation.atMs : 0);
