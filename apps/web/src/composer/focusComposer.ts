const COMPOSER_ID = 'composer';

/** Puts the cursor into the composer; not with a touch screen, where that would raise the keyboard over the messages. */
export function focusComposer(): void {
  if (matchMedia('(pointer: fine)').matches) document.getElementById(COMPOSER_ID)?.focus();
}

export { COMPOSER_ID };
