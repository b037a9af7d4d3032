import { decodeContent } from '../codec.ts';
import { type Content, ContentKind } from '../gen/hongyan.ts';

/** A longer text is found by its beginning; nobody writes that much, but programs paste it. */
export const SEARCHED_CHARACTERS_MAX = 10_000;
/** Bundles in bundles are opened so far. */
const DEPTH_MAX = 3;

const link = /\bhttps?:\/\/[^\s/]/i;

/** What a message can be found by. */
export interface Searchable {
  /** What its parts say, a line each. */
  text: string;
  /** None: it is of a kind that this program does not know. */
  kinds: ContentKind[];
}

/** Of a message's body; what cannot be read has no text and is of no kind. */
export function searchableOf(body: Uint8Array): Searchable {
  const content = decoded(body);
  if (content === undefined) return { text: '', kinds: [] };
  const text = textsOf(content, DEPTH_MAX).join('\n').slice(0, SEARCHED_CHARACTERS_MAX);
  return { text, kinds: kindsOf(content) };
}

function decoded(body: Uint8Array): Content | undefined {
  try {
    return decodeContent(body);
  } catch {
    return undefined;
  }
}

function textsOf({ kind }: Content, depth: number): string[] {
  switch (kind?.case) {
    case 'text': {
      const { text, preview } = kind.value;
      return preview === undefined ? [text] : [text, preview.title, preview.description, preview.siteName];
    }
    case 'bundle': {
      const { title, messages } = kind.value;
      const inner = depth === 0 ? [] : messages.flatMap(({ content }) => innerTexts(content, depth - 1));
      return [title, ...inner];
    }
    case 'contact':
    case undefined:
      return [];
  }
}

function innerTexts(bytes: Uint8Array, depth: number): string[] {
  const content = decoded(bytes);
  return content === undefined ? [] : textsOf(content, depth);
}

function kindsOf({ kind }: Content): ContentKind[] {
  switch (kind?.case) {
    case 'text': {
      const { text, preview } = kind.value;
      const isLink = preview !== undefined || link.test(text);
      return isLink ? [ContentKind.TEXT, ContentKind.LINK] : [ContentKind.TEXT];
    }
    case 'contact':
      return [ContentKind.CONTACT];
    case 'bundle':
      return [ContentKind.BUNDLE];
    case undefined:
      return [];
  }
}
