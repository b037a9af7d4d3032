const EMOJI_SHOWN_LARGE = 3;
const onlyEmoji = /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic}\ufe0f?|\s)+$/v;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Whether a text is nothing but one to three emoji, which are shown large. */
export function isLargeEmoji(text: string): boolean {
  const compact = text.replace(/\s+/gu, '');
  if (compact === '' || compact.length > 64 || !onlyEmoji.test(compact)) return false;
  return Array.from(graphemes.segment(compact)).length <= EMOJI_SHOWN_LARGE;
}
