import { TextDecoder } from 'node:util';

/**
 * The text of an HTML page. What a byte order mark says goes before what the answer's header says, and that before what the page
 * says of itself (HTML, 13.2.3.2). Without any of them it is UTF-8 if it can be, else what old Western pages are.
 */
export function decodePage(bytes: Uint8Array, said: { header: string | undefined; page: string | undefined }): string {
  const declared = markedAs(bytes) ?? said.header ?? asciiSafe(said.page);
  const decoder = declared === undefined ? undefined : decoderOf(declared);
  if (decoder !== undefined) return decoder.decode(bytes);
  try {
    // More of a character may follow where reading ended.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function markedAs([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return undefined;
}

/** A page that could be read far enough to say so is not in UTF-16. */
function asciiSafe(label: string | undefined): string | undefined {
  return label !== undefined && /^\s*utf-?16/i.test(label) ? 'utf-8' : label;
}

function decoderOf(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}
