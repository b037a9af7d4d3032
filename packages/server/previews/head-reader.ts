import { Parser } from 'htmlparser2';

/** What a page says of itself that a preview may use. */
export interface PageHead {
  /** Of the `title` element; empty when there is none. */
  title: string;
  /** By lower-case name or property, the first of each. */
  meta: ReadonlyMap<string, string>;
  /** The encoding that it declares; undefined when it declares none. */
  charset: string | undefined;
}

const TITLE_LENGTH_MAX = 4_096;
const META_MAX = 200;
/** The parser's time grows with the square of the depth; no head is that deep. */
const DEPTH_MAX = 32;
/** The parser takes what it is given as a whole, so it is looked between pieces whether that is enough. */
const PIECE_LENGTH = 4_096;

/** Reads HTML up to the end of its head, in parts as they come. */
export class HeadReader {
  readonly #parser = new Parser({
    onopentag: (name, attributes) => this.#opened(name, attributes),
    onclosetag: (name) => this.#closed(name),
    ontext: (text) => {
      if (this.#inTitle && this.#title.length < TITLE_LENGTH_MAX) this.#title += text;
    },
  });
  readonly #meta = new Map<string, string>();
  #title = '';
  #inTitle = false;
  #titleSeen = false;
  #charset: string | undefined;
  #depth = 0;
  #done = false;

  /** Nothing that follows is of the head. */
  get isDone(): boolean {
    return this.#done;
  }

  get head(): PageHead {
    return { title: this.#title, meta: this.#meta, charset: this.#charset };
  }

  write(text: string): void {
    for (let start = 0; start < text.length && !this.#done; start += PIECE_LENGTH) {
      this.#parser.write(text.slice(start, start + PIECE_LENGTH));
    }
  }

  #opened(name: string, attributes: Record<string, string>): void {
    if (this.#done) return;
    this.#depth += 1;
    if (name === 'body' || this.#depth > DEPTH_MAX) this.#done = true;
    else if (name === 'meta') this.#metaSeen(attributes);
    else if (name === 'title' && !this.#titleSeen) {
      this.#inTitle = true;
      this.#titleSeen = true;
    }
  }

  #closed(name: string): void {
    this.#depth -= 1;
    if (name === 'title') this.#inTitle = false;
    if (name === 'head') this.#done = true;
  }

  #metaSeen({ charset, content, ...attributes }: Record<string, string>): void {
    if (charset !== undefined) this.#charset ??= charset;
    if (content === undefined) return;
    if (attributes['http-equiv']?.toLowerCase() === 'content-type') this.#charset ??= charsetOf(content);
    const name = (attributes.property ?? attributes.name)?.toLowerCase();
    if (name !== undefined && !this.#meta.has(name) && this.#meta.size < META_MAX) this.#meta.set(name, content);
  }
}

function charsetOf(contentType: string): string | undefined {
  return contentType
    .split(/charset\s*=\s*/i)[1]
    ?.split(/[\s;"']+/)
    .find((part) => part !== '');
}
