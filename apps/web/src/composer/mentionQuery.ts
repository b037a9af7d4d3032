/** Longer is no name. */
const NAME_MAX = 32;
const AT = new RegExp(`(?:^|[^\\p{L}\\p{N}_.]|\\p{Script=Han})@([^\\s@]{0,${NAME_MAX}})$`, 'u');

/** The mention that is being written just before the cursor. */
export interface MentionQuery {
  /** Of the `@`. */
  start: number;
  end: number;
  name: string;
}

export function mentionQuery(text: string, cursor: number): MentionQuery | undefined {
  const name = AT.exec(text.slice(0, cursor))?.[1];
  return name === undefined ? undefined : { start: cursor - name.length - 1, end: cursor, name };
}
