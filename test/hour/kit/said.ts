/** One message as somebody wrote it. Its mark stays through edits, and nothing else that is shown has it. */
export interface Said {
  mark: string;
  where: string;
  /** The device on which it was written. */
  writer: string;
  text: string;
  /** `begun`: the screen may have stood in the way. `recalled`: it was asked for, and may still be on its way. */
  state: 'begun' | 'written' | 'recalled';
}

/** All that was written, as those who wrote it know it. */
export class AllSaid {
  readonly #byMark = new Map<string, Said>();

  write(writer: string, where: string, words: string): Said {
    const mark = `#${this.#byMark.size.toString(36).padStart(4, '0')}`;
    const said: Said = { mark, where, writer, text: `${mark} ${words}`, state: 'begun' };
    this.#byMark.set(mark, said);
    return said;
  }

  edited(said: Said, words: string): string {
    said.text = `${said.mark} ${words}`;
    return said.text;
  }

  of(mark: string): Said | undefined {
    return this.#byMark.get(mark);
  }

  get all(): Said[] {
    return [...this.#byMark.values()];
  }
}

export const marksIn = (text: string): string[] => text.match(/#[0-9a-z]{4}(?= )/g) ?? [];
