const TOKEN = /<@(all|u[0-9a-hjkmnp-tv-z]{16})>/g;

/** Whom a token at the start of `text` mentions, and how long it is. */
export function mentionAt(text: string): { id: string; length: number } | undefined {
  const found = new RegExp(TOKEN.source, 'y').exec(text);
  return found?.[1] === undefined ? undefined : { id: found[1], length: found[0].length };
}

/** A text with names where its tokens stand. */
export const namedMentions = (text: string, nameOf: (id: string) => string): string =>
  text.replaceAll(TOKEN, (_, id: string) => `@${nameOf(id)}`);
