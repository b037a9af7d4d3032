/** Of a pixel of font size, in DejaVu Sans, which is about as wide as the fonts that readers have come. */
const NARROW = 0.4;
const ORDINARY = 0.64;
const WIDE = 0.8;
const VERY_WIDE = 1;
/** Bold letters are a little wider. */
export const BOLD = 1.1;

function widthOfCharacter(character: string): number {
  if (/[ \u00a0iljtfrI.,:;'|()/-]/.test(character)) return NARROW;
  if (/[A-HJ-LN-VX-Z]/.test(character)) return WIDE;
  if (/[ -~]/.test(character) && !/[mwMW%@]/.test(character)) return ORDINARY;
  return VERY_WIDE;
}

/** About how many pixels a text takes; rather too many than too few, as nobody knows the reader's font. */
export function widthOf(content: string, fontSize: number): number {
  return fontSize * [...content].reduce((sum, character) => sum + widthOfCharacter(character), 0);
}

/** The text in lines that are no wider than that, if no word of it is. */
export function wrapped(content: string, widthMax: number, fontSize: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of content.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer, fontSize) > widthMax) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/** The same number of lines, of about the same width. */
export function balanced(content: string, widthMax: number, fontSize: number): string[] {
  const lines = wrapped(content, widthMax, fontSize);
  let narrowest = lines;
  for (let width = widthMax; width > widthMax / 2; width -= fontSize / 2) {
    const narrower = wrapped(content, width, fontSize);
    if (narrower.length > lines.length) break;
    narrowest = narrower;
  }
  return narrowest;
}
