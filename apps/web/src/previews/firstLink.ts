const link = /https?:\/\/[^\s<>"'`，。；：！？、）】》”’]+/iu;
/** What ends a sentence or a bracket is not of the link before it. */
const tail = /[.,;:!?)\]}]+$/;

/** The first link of a text; undefined when it has none. */
export function firstLink(text: string): string | undefined {
  const found = link.exec(text)?.[0].replace(tail, '');
  return found !== undefined && URL.canParse(found) ? found : undefined;
}
