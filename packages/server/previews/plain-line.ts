// Controls, lone surrogates, and what is not seen: what turns the direction of the text around it, joins nothing, or hides.
// Joiners that emoji, Persian and Indian scripts need stay.
const unseen =
  /[[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]--\s]/gv;
const gap = /\s+/gu;
const ELLIPSIS = '…';

/** Foreign text as one line that does nothing to the text around it, of at most so many characters. */
export function plainLine(text: string, charactersMax: number): string {
  const line = text
    .slice(0, charactersMax * 8)
    .replace(unseen, '')
    .replace(gap, ' ')
    .trim();
  const characters = [...line];
  if (characters.length <= charactersMax) return line;
  return (
    characters
      .slice(0, charactersMax - 1)
      .join('')
      .trimEnd() + ELLIPSIS
  );
}
