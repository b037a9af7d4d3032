const SEARCH_ID = 'people-search';

/** Puts the cursor into the search for people, from wherever the person is. */
export function focusSearch(): void {
  const field = document.getElementById(SEARCH_ID);
  if (field instanceof HTMLInputElement) {
    field.focus();
    field.select();
  }
}

export { SEARCH_ID };
