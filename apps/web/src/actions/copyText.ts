import type { Message } from '@hongyan/sdk';

/** The texts of messages, one below the other, into the clipboard. */
export async function copyTexts(messages: readonly Message[], textOf: (message: Message) => string): Promise<void> {
  await copyText(messages.map(textOf).join('\n'));
}

/** A text into the clipboard. */
export async function copyText(text: string): Promise<void> {
  // On plain HTTP browsers have no clipboard but this.
  if (navigator.clipboard === undefined) copyBySelection(text);
  else await navigator.clipboard.writeText(text).catch(() => copyBySelection(text));
}

function copyBySelection(text: string): void {
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
