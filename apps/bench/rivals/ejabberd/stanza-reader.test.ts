import { describe, expect, test } from 'vitest';
import { attributeOf, STREAM_END, StanzaReader } from './stanza-reader.ts';

const HEADER = "<?xml version='1.0'?><stream:stream id='1' version='1.0' xmlns='jabber:client'>";
const MESSAGE = "<message to='a@b' id='7'><body>1 &lt; 2</body><stanza-id by='x>y' id=\"8\"/></message>";
const ACKNOWLEDGEMENT = "<a xmlns='urn:xmpp:sm:3' h='12'/>";

/** What a reader tells of these chunks. */
function read(...chunks: string[]): string[] {
  const reader = new StanzaReader();
  return chunks.flatMap((chunk) => reader.push(chunk)).map(({ name, text }) => `${name}: ${text}`);
}

describe('[M7] a stream of XMPP is cut into stanzas', () => {
  const whole = [
    `stream:stream: ${HEADER.slice(HEADER.indexOf('?>') + 2)}`,
    `message: ${MESSAGE}`,
    `a: ${ACKNOWLEDGEMENT}`,
    `${STREAM_END}: </stream:stream>`,
  ];
  const stream = `${HEADER}${MESSAGE}\n${ACKNOWLEDGEMENT}</stream:stream>`;

  test('[M7] that come at once', () => {
    expect(read(stream)).toEqual(whole);
  });

  test('[M7] that come in two parts, wherever they are cut', () => {
    for (let cut = 1; cut < stream.length; cut++) expect(read(stream.slice(0, cut), stream.slice(cut))).toEqual(whole);
  });

  test('[M7] that come byte by byte', () => {
    expect(read(...stream)).toEqual(whole);
  });

  test('[M7] and a stream that begins again after authentication goes on', () => {
    expect(read(`${HEADER}<success/>`, `${HEADER}<stream:features><bind/></stream:features>`)).toEqual([
      whole[0],
      'success: <success/>',
      whole[0],
      'stream:features: <stream:features><bind/></stream:features>',
    ]);
  });
});

test('[M7] an element of the same name inside a stanza does not end it', () => {
  const carbon = '<message><sent><message><body/></message></sent></message>';
  expect(read(HEADER, carbon).at(-1)).toBe(`message: ${carbon}`);
});

test('[M7] attributes are those of the outermost element', () => {
  const [, message, acknowledgement] = new StanzaReader().push(`${HEADER}${MESSAGE}${ACKNOWLEDGEMENT}`);
  expect(message && attributeOf(message, 'id')).toBe('7');
  expect(message && attributeOf(message, 'by')).toBeUndefined();
  expect(acknowledgement && attributeOf(acknowledgement, 'h')).toBe('12');
});

test('[M7] a comment, and a stanza without an end, are refused', () => {
  expect(() => read(HEADER, '<!-- -->')).toThrow('a comment');
  expect(() => read(HEADER, `<message>${'x'.repeat(70_000)}`)).toThrow('too long');
});
