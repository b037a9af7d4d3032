/** Of what language messages are, as far as an index can tell. */
export type Language = 'Chinese' | 'English';

const WORD_COUNT = 20_000;
/** The most used Chinese characters. */
const CHARACTER_COUNT = 3_500;
const FIRST_CHARACTER = 0x4e00;

/** Numbers in [0, 1) that are the same every time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Messages of 3 to 14 Chinese or 3 to 17 English words, of which the nth is used about as often as the first divided by n. */
export class SearchTexts {
  readonly #random = numbers(12_345);
  readonly #words: Readonly<Record<Language, readonly string[]>>;

  constructor() {
    const each = (make: (at: number) => string) => Array.from({ length: WORD_COUNT }, (_, at) => make(at));
    this.#words = { Chinese: each((at) => this.#chinese(at)), English: each((at) => this.#english(at)) };
  }

  message(language: Language): string {
    const count = 3 + Math.floor(this.#random() * (language === 'Chinese' ? 12 : 15));
    const words = Array.from({ length: count }, () => this.word(language, this.#rank()));
    return words.join(language === 'Chinese' ? '' : ' ');
  }

  /** The word of a rank, from 0. */
  word(language: Language, rank: number): string {
    return this.#words[language][rank] ?? '';
  }

  #rank(): number {
    return Math.min(WORD_COUNT - 1, Math.floor(Math.exp(this.#random() * Math.log(WORD_COUNT + 1)) - 1));
  }

  /** The most frequent ones have one character, most others two. */
  #chinese(rank: number): string {
    const length = rank < 200 ? 1 : this.#random() < 0.8 ? 2 : 3;
    return this.#letters(length, () => FIRST_CHARACTER + this.#random() ** 2 * CHARACTER_COUNT);
  }

  #english(rank: number): string {
    const length = rank < 100 ? 2 + this.#random() * 2 : 4 + this.#random() * 6;
    return this.#letters(Math.floor(length), () => 97 + this.#random() * 26);
  }

  #letters(length: number, codePoint: () => number): string {
    return Array.from({ length }, () => String.fromCodePoint(Math.floor(codePoint()))).join('');
  }
}
