import type { Message } from '@hongyan/sdk';

const SELECTOR = '[data-testid="message"]';

/** The message that is shown where an event happened. */
export function messageOf(target: EventTarget | null, messages: readonly Message[]): Message | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>(SELECTOR) : null;
  return element === null ? undefined : messages.find(({ id }) => id === element.dataset.id);
}

export const elementOf = (messageId: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`${SELECTOR}[data-id="${CSS.escape(messageId)}"]`);

export const focusMessage = (messageId: string): void => elementOf(messageId)?.focus({ preventScroll: true });

/** Moves the focus to the message above or below; false at the end of what is shown. */
export function focusNeighbour(from: HTMLElement, step: 1 | -1): boolean {
  const shown = [...document.querySelectorAll<HTMLElement>(SELECTOR)];
  const next = shown[shown.indexOf(from) + step];
  next?.focus();
  return next !== undefined;
}

/** Opens the menu of a message as a click with the right button would. */
export function openMenu(element: HTMLElement, at: HTMLElement = element): void {
  const { left, bottom } = at.getBoundingClientRect();
  const place = { clientX: left, clientY: Math.min(bottom, innerHeight - 80) };
  element.dispatchEvent(new PointerEvent('contextmenu', { bubbles: true, cancelable: true, ...place }));
}
