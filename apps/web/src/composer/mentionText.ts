import { mentionToken } from '@hongyan/sdk';
import { namedMentions } from '../timeline/mentions.ts';

/** Between a text with tokens, as it is sent, and one with names, as people write it. Remembers whom a name stands for. */
export class MentionText {
  readonly #labels = new Map<string, string>();
  readonly #nameOf: (id: string) => string;

  /** `nameOf`: of an account, and of `all`. */
  constructor(nameOf: (id: string) => string) {
    this.#nameOf = nameOf;
  }

  /** What stands for an account; of two with one name, the later gets a number. */
  labelOf(id: string): string {
    const known = this.#labels.get(id);
    if (known !== undefined) return known;
    const name = this.#nameOf(id);
    const taken = new Set(this.#labels.values());
    let label = name;
    for (let n = 2; taken.has(label); n++) label = `${name}#${n}`;
    this.#labels.set(id, label);
    return label;
  }

  shown(text: string): string {
    return namedMentions(text, (id) => this.labelOf(id));
  }

  /** Only names that were picked, or came with the text, are mentions. */
  sent(shown: string): string {
    const longestFirst = [...this.#labels].sort(([, a], [, b]) => b.length - a.length);
    let text = shown;
    for (const [id, label] of longestFirst) {
      text = text.replaceAll(
        new RegExp(`@${label.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\p{L}\\p{N}_])`, 'gu'),
        mentionToken(id),
      );
    }
    return text;
  }
}
