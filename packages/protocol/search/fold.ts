// Letters that look like others with something added, but that Unicode does not take apart.
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
};
const composed = new RegExp(`[${Object.keys(plain).join('')}]`, 'gu');

// Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic; skin tones, and all that is not seen. Left alone are the
// marks that make another letter: the voicing of kana, the vowels of Indian scripts, and й, which is no и.
const accents = '\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff';
const points = '\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0640\\u064b-\\u065f\\u0670';
const unseen = '\\p{Cf}\\p{Variation_Selector}\\p{Emoji_Modifier}';
const ignored = new RegExp(`(?<!и(?=\\u0306))[${accents}${points}${unseen}]`, 'gu');

// Signs behind a name, which would become letters of it.
const signs = /[™℠]/g;
const ascii = /^[\0-\x7f]*$/;

/**
 * Text as it is compared: without regard to case, width (ｶ is カ, Ａ is a), accents (é is e) and other ways to write the same
 * (Unicode's NFKC). It may be longer or shorter than it was.
 */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  return text
    .replace(signs, ' ')
    .normalize('NFKD')
    .toLowerCase()
    .replace(ignored, '')
    .normalize('NFKC')
    .replace(composed, (letter) => plain[letter] ?? letter);
}
