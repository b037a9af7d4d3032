const hues = [205, 165, 130, 90, 62, 38, 18, 345, 310, 280, 250, 225];

/** A hue in degrees that one id always gets. */
export function avatarHue(id: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 16_777_619);
  return hues[(hash >>> 0) % hues.length] ?? 205;
}

const han = /\p{Script=Han}/u;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const split = (text: string) => Array.from(graphemes.segment(text), ({ segment }) => segment);

/** Names whose initials are kept: a list that is scrolled has the same people again and again, and finding them is slow. */
const KEPT_MAX = 1_000;
const kept = new Map<string, string>();

/** One or two characters that stand for a name: of a Chinese one its end (the given name), else the words' initials. */
export function initials(name: string): string {
  const known = kept.get(name);
  if (known !== undefined) return known;
  if (kept.size >= KEPT_MAX) kept.clear();
  const found = findInitials(name);
  kept.set(name, found);
  return found;
}

function findInitials(name: string): string {
  const trimmed = name.trim();
  const characters = split(trimmed);
  if (characters.length > 0 && characters.every((character) => han.test(character)))
    return characters.slice(-2).join('');
  const words = trimmed.split(/\s+/u);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return picked
    .map((word = '') => split(word)[0] ?? '')
    .join('')
    .toUpperCase();
}
