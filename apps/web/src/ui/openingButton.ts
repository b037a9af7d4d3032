/**
 * For `pointerup` within a menu, as it is captured: the button that opened the menu is let go, maybe over an item that came to lie under the pointer. Only the main button chooses.
 */
export function holdOpeningButton(event: PointerEvent): void {
  if (event.button !== 0 || event.ctrlKey) event.stopPropagation();
}
