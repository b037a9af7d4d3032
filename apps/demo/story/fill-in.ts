import type { SeededRandom } from '@hongyan/testkit/random';

export interface FillIn {
  slots: ReadonlyMap<string, readonly string[]>;
  random: SeededRandom;
  /** Who plays a part of the scene, by their given name. */
  nameOf: (part: string) => string | undefined;
}

/**
 * For one scene: puts something where texts have a name in braces, the same for the same name everywhere in the scene. A digit
 * behind the name asks for another one (`{book}`, `{book2}`).
 */
export function fillIn({ slots, random, nameOf }: FillIn): (text: string) => string {
  const chosen = new Map<string, string>();
  const choose = (name: string): string => {
    const known = chosen.get(name) ?? nameOf(name);
    if (known !== undefined) return known;
    const slot = name.replace(/\d$/, '');
    const items = slots.get(slot)?.filter((item) => item !== chosen.get(slot));
    if (items === undefined) throw new Error(`nothing to put for {${name}}`);
    const item = random.pick(items);
    chosen.set(name, item);
    return item;
  };
  return (text) => text.replace(/\{([^{}\s]+)\}/gu, (_, name: string) => choose(name));
}
