/** What one side says to the other: an element right below the stream's, or the stream's own start or end. */
export interface Stanza {
  /** With its prefix, such as `message` or `stream:features`. */
  name: string;
  /** All of it, its entities as they are. */
  text: string;
}

const STREAM = 'stream:stream';
/** The end of the stream, which is no element of its own. */
export const STREAM_END = `/${STREAM}`;
const STANZA_CHARS_MAX = 65_536;

/**
 * Cuts a stream of XMPP into stanzas by its tags alone. It understands what servers may send (RFC 6120, 11.1: no comments, no
 * declarations) and does not check that tags match. Bytes come as latin1, in which a tag's end is never part of a letter.
 */
export class StanzaReader {
  #buffer = '';
  /** Up to here it is understood. */
  #at = 0;
  /** Where the stanza that is not complete begins. */
  #start = 0;
  /** Elements that are open, without the stream's. */
  #depth = 0;

  /** Answers the stanzas that this chunk completes. Throws when one is too long, or no XMPP. */
  push(chunk: string): Stanza[] {
    this.#buffer += chunk;
    const stanzas: Stanza[] = [];
    for (;;) {
      const open = this.#buffer.indexOf('<', this.#at);
      const close = open < 0 ? -1 : tagEnd(this.#buffer, open);
      if (close < 0) {
        this.#at = open < 0 ? this.#buffer.length : open;
        break;
      }
      this.#at = close + 1;
      const complete = this.#tag(open, close);
      if (complete !== undefined) stanzas.push(complete);
    }
    this.#forget();
    return stanzas;
  }

  #tag(open: number, close: number): Stanza | undefined {
    switch (this.#buffer[open + 1]) {
      case '?':
        return undefined;
      case '!':
        throw new Error('the stream has a comment, a declaration or CDATA');
      case '/':
        if (this.#depth === 0) return { name: STREAM_END, text: this.#buffer.slice(open, close + 1) };
        this.#depth -= 1;
        break;
      default:
        if (this.#depth === 0) this.#start = open;
        if (nameAt(this.#buffer, open) === STREAM) {
          return { name: STREAM, text: this.#buffer.slice(open, close + 1) };
        }
        if (this.#buffer[close - 1] !== '/') this.#depth += 1;
    }
    if (this.#depth > 0) return undefined;
    return { name: nameAt(this.#buffer, this.#start), text: this.#buffer.slice(this.#start, close + 1) };
  }

  /** Drops what is told. */
  #forget(): void {
    const kept = this.#depth > 0 ? this.#start : this.#at;
    this.#buffer = this.#buffer.slice(kept);
    this.#at -= kept;
    this.#start = 0;
    if (this.#buffer.length > STANZA_CHARS_MAX) throw new Error('a stanza is too long');
  }
}

/** The value of an attribute of the stanza's outermost element. */
export function attributeOf({ text }: Stanza, name: string): string | undefined {
  const tag = text.slice(0, tagEnd(text, 0));
  for (const quote of ["'", '"']) {
    const at = tag.indexOf(` ${name}=${quote}`);
    if (at < 0) continue;
    const from = at + name.length + 3;
    return tag.slice(from, tag.indexOf(quote, from));
  }
  return undefined;
}

/** Where the tag ends that begins at `open`; a `>` in quotes does not end it. −1 when it is not complete. */
function tagEnd(text: string, open: number): number {
  let quote = '';
  for (let at = open + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '>') return at;
    else if (char === "'" || char === '"') quote = char;
  }
  return -1;
}

function nameAt(text: string, open: number): string {
  let end = open + 1;
  while (end < text.length && !' \t\r\n/>'.includes(text.charAt(end))) end += 1;
  return text.slice(open + 1, end);
}
