import { type Content, decodeContent, encodeContent, type UserId } from '@hongyan/protocol';
import { z } from 'zod';

/** Bundles in bundles that are still looked into. */
const DEPTH_MAX = 4;

const text = z.object({
  kind: z.literal('text'),
  text: z.string().describe('`<@u…>` and `<@all>` are mentions'),
  preview: z.object({ url: z.string(), title: z.string(), description: z.string(), siteName: z.string() }).optional(),
});
const contact = z.object({ kind: z.literal('contact'), userId: z.string() });
const unknown = z.object({ kind: z.literal('unknown') }).describe('Of a kind that this server does not know');

type Simple = z.output<typeof text> | z.output<typeof contact> | z.output<typeof unknown>;
export type ContentJson = Simple | { kind: 'bundle'; title: string; messages: BundledJson[] };
interface BundledJson {
  senderId: string;
  senderName: string;
  timeMs: number;
  content: ContentJson;
}

const bundle = z.object({
  kind: z.literal('bundle'),
  title: z.string(),
  get messages() {
    return z.array(bundledMessage);
  },
});
const bundledMessage = z.object({
  senderId: z.string(),
  senderName: z.string(),
  timeMs: z.int(),
  get content(): z.ZodType<ContentJson> {
    return contentSchema;
  },
});

/** What somebody said, as the backend of an app reads it. */
export const contentSchema: z.ZodType<ContentJson> = z.union([text, contact, bundle, unknown]).meta({ id: 'Content' });

/** An entry's body, whatever it is. */
export function contentIn(body: Uint8Array, depth = 0): ContentJson {
  const content = decoded(body);
  switch (content?.kind?.case) {
    case 'text': {
      const { text, preview } = content.kind.value;
      return { kind: 'text', text, ...(preview !== undefined && { preview }) };
    }
    case 'contact':
      return { kind: 'contact', userId: content.kind.value.userId };
    case 'bundle': {
      if (depth === DEPTH_MAX) return { kind: 'unknown' };
      const { title, messages } = content.kind.value;
      const shown = messages.map(({ senderId, senderName, timeMs, content: inner }) => ({
        ...{ senderId, senderName, timeMs },
        content: contentIn(inner, depth + 1),
      }));
      return { kind: 'bundle', title, messages: shown };
    }
    default:
      return { kind: 'unknown' };
  }
}

/** What a message says beside its content; undefined: nothing that can be read. */
export function decoded(body: Uint8Array): Content | undefined {
  try {
    return decodeContent(body);
  } catch {
    return undefined;
  }
}

/** Content that a backend says, with accounts named by their ids. */
export type Said = { kind: 'text'; text: string } | { kind: 'contact'; userId: UserId };

export function bodyOf(said: Said, replyToSeq: number): Uint8Array {
  switch (said.kind) {
    case 'text':
      return encodeContent({ kind: { case: 'text', value: { text: said.text } }, replyToSeq });
    case 'contact':
      return encodeContent({ kind: { case: 'contact', value: { userId: said.userId } }, replyToSeq });
  }
}
