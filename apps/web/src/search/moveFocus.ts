/** Arrow keys go from result to result inside of `list`, and from the first one back to `field`. */
export function moveFocus(event: KeyboardEvent, list: Element, field: () => void): void {
  if (event.defaultPrevented || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
  // In a field or a choice they mean something else.
  if (event.target instanceof HTMLSelectElement || event.target instanceof HTMLInputElement) return;
  event.preventDefault();
  const results = [...list.querySelectorAll<HTMLElement>('[data-search-result]')];
  const focused = document.activeElement;
  const at = focused instanceof HTMLElement ? results.indexOf(focused) : -1;
  if (at === 0 && event.key === 'ArrowUp') field();
  else results[Math.min(at + (event.key === 'ArrowDown' ? 1 : -1), results.length - 1)]?.focus();
}
